using System.Globalization;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Settings are completed once: to themselves, and alike for requests that are alike.</summary>
public sealed class CompletionTests
{
    public static TheoryData<string> Ids() => TestedSystems.Ids();

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    [Theory]
    [MemberData(nameof(Methods))]
    public void ACompletedSettingCompletesToItself(string id, string method)
    {
        var system = TestedSystems.Find(id);
        foreach (var complete in (CompletedSetting[])[system.Complete(method, Setting.Empty), system.Smallest(method)])
        {
            var again = system.Complete(method, complete.Values);
            again.ShouldBe(complete);
            again.ToString().ShouldBe(complete.ToString());
            complete.Values.Names.ShouldAllBe(name => system.IsRead(system.Method(method), name));
        }

        system.Complete(null, system.Complete(null, Setting.Empty).Values).ShouldBe(system.Complete(null, Setting.Empty));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void EqualRequestsHaveEqualSettingsAndNames(string id, string method)
    {
        var system = TestedSystems.Find(id);
        var plain = system.Smallest(method);
        var request = system.Request(method);
        var typed = new Setting(request.Pairs.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value switch
        {
            long whole => whole.ToString("0.0e0", CultureInfo.InvariantCulture),
            double number => (object)number.ToString("E16", CultureInfo.InvariantCulture),
            var other => other,
        })));
        system.Complete(method, typed).ShouldBe(plain);
        RunName.Of(system.Complete(method, typed)).ShouldBe(RunName.Of(plain));

        // A default that is given is the default.
        var defaults = system.Complete(method, Setting.Empty);
        foreach (var parameter in system.Parameters.Where(parameter => parameter.Default is not null && defaults.Values[parameter.Name] is not null))
            system.Complete(method, Setting.Empty.With(parameter.Name, Setting.Format(parameter.Default))).ShouldBe(defaults, parameter.Name);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void OtherRequestsHaveOtherNames(string id, string method)
    {
        var system = TestedSystems.Find(id);
        RunName.Of(system.Smallest(method, ("points", "7"))).ShouldNotBe(RunName.Of(system.Smallest(method)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void MistypedNamesAreSuggested(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var parameter in system.Parameters.Where(parameter => parameter.Name.Length > 4))
        {
            var typed = parameter.Name[0] + parameter.Name[2..];
            var error = Should.Throw<ParameterException>(() => system.Complete(null, new Setting([new(typed, 1L)])));
            error.Message.ShouldBe($"{typed} = 1 is not allowed: it must be a parameter of {id}; did you mean {parameter.Name}?");
        }

        foreach (var method in system.Methods.Where(method => method.Name.Length > 4))
            Should.Throw<ParameterException>(() => system.Complete(method.Name[..^1], Setting.Empty)).Message.ShouldStartWith($"method = {method.Name[..^1]} is not allowed: it must be one of ");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void WhatBelongsToAnotherChoiceIsRefused(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var parameter in system.Parameters)
        {
            if (parameter.OnlyWith is not var (other, value))
                continue;
            var word = other.Choices.Concat(other.Forms.Select(form => form.Pattern)).First(word => word != value && !word.Contains(':', StringComparison.Ordinal));
            var method = system.Methods.Last(candidate => system.IsRead(candidate, parameter.Name) && system.IsRead(candidate, other.Name)).Name;
            var request = Setting.Empty.With(other.Name, word).With(parameter.Name, parameter.Default ?? 5L);
            Should.Throw<ParameterException>(() => system.Complete(method, request)).Message.ShouldEndWith($"it must be left out when {other.Name} = {word}; it belongs to {other.Name} = {value}.", customMessage: parameter.Name);
            system.Complete(method, request.Without(parameter.Name)).Values[parameter.Name].ShouldBeNull(parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void WhatAMethodDoesNotReadIsRefusedWithItsReaders(string id, string method)
    {
        var system = TestedSystems.Find(id);
        foreach (var parameter in system.Parameters.Where(parameter => !system.IsRead(system.Method(method), parameter.Name) && parameter.Default is not null))
        {
            Should.Throw<ParameterException>(() => system.Complete(method, Setting.Empty.With(parameter.Name, Setting.Format(parameter.Default)))).Message
                .ShouldEndWith($"is not allowed: it must be left out for the method {method}; it is read by {string.Join(", ", system.Methods.Where(other => other.Reads(parameter.Name)).Select(other => other.Name))}.");
        }
    }
}
