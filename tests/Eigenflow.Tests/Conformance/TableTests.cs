using System.Text.RegularExpressions;
using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>The tables of a system are complete, and its papers are cited.</summary>
public sealed partial class TableTests
{
    public static TheoryData<string> Ids() => TestedSystems.Ids();

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    [Theory]
    [MemberData(nameof(Ids))]
    public void NamesAreWordsAndUnique(string id)
    {
        var system = TestedSystems.Find(id);
        Name().IsMatch(id).ShouldBeTrue();
        foreach (var names in (IEnumerable<string>[])
        [
            system.Parameters.Select(parameter => parameter.Name), system.Methods.Select(method => method.Name), system.Observables.Select(quantity => quantity.Name),
            system.Events.Select(quantity => quantity.Name), system.Predictions.Select(quantity => quantity.Name), system.Reproduction.Concat(system.Beyond).Select(task => task.Id),
        ])
        {
            names.ShouldBeUnique();
            names.ShouldAllBe(name => Name().IsMatch(name));
        }

        SystemCatalog.All.Count(other => other.Id == id).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EverythingIsExplainedInSentences(string id)
    {
        var system = TestedSystems.Find(id);
        system.Title.ShouldNotBeNullOrWhiteSpace();
        system.Title.ShouldNotEndWith(".");
        system.Family.ShouldMatch("^[A-Z][A-Za-z ]{3,30}$");
        system.Question.ShouldEndWith("?");
        system.Question.Length.ShouldBeLessThanOrEqualTo(110);
        system.Question.ShouldNotContain("\n");
        foreach (var sentence in system.Parameters.Select(parameter => parameter.Help).Concat(system.Methods.Select(method => method.Summary)).Append(system.Summary)
            .Concat(system.Observables.Concat(system.Events).Concat(system.Predictions).Select(quantity => quantity.Meaning)))
        {
            sentence.Length.ShouldBeGreaterThan(4);
            sentence.ShouldMatch(@"[.?]$");
            sentence.ShouldNotContain("\n");
        }

        foreach (var quantity in system.Observables.Concat(system.Events).Concat(system.Predictions))
            quantity.Symbol.ShouldNotBeEmpty(quantity.Name);
        system.Reproduction.Concat(system.Beyond).ShouldAllBe(task => task.Title.Length > 0 && task.Weight > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ItsPapersAreCited(string id)
    {
        var system = TestedSystems.Find(id);
        system.Citations.ShouldNotBeEmpty();
        foreach (var citation in system.Citations)
        {
            citation.BibTeX.ShouldStartWith("@");
            citation.BibTeX.ShouldContain("{" + citation.Key + ",");
            citation.BibTeX.Count(letter => letter == '{').ShouldBe(citation.BibTeX.Count(letter => letter == '}'));
            citation.BibTeX.ShouldMatch(@"year\s*=");
            citation.Identifier.ShouldMatch(@"^(arXiv|doi):\S+$");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryParameterIsReadAndTheTableListsAllThatAre(string id)
    {
        var system = TestedSystems.Find(id);
        var read = system.ProblemParameters.Concat(system.Methods.SelectMany(method => method.Parameters)).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        system.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal).ShouldBe(read, ignoreOrder: true);
        foreach (var method in system.Methods)
        {
            method.Parameters.Select(parameter => parameter.Name).ShouldBeUnique(method.Name);
            method.Parameters.ShouldAllBe(parameter => !system.IsOfProblem(parameter.Name), $"{method.Name}: every method reads the parameters of the problem");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void TheFactoryMakesTheMethodOfThatName(string id, string method) =>
        MadeMethod.Of(TestedSystems.Find(id), TestedSystems.Find(id).Smallest(method)).Name.ShouldBe(method);

    [Theory]
    [MemberData(nameof(Ids))]
    public void WhatIsPredictedIsDeclared(string id)
    {
        var system = TestedSystems.Find(id);
        var given = system.Predict(Setting.Empty);
        given.ShouldNotBeEmpty();
        given.Select(prediction => prediction.Name).ShouldBeUnique();
        foreach (var prediction in given)
        {
            var declared = system.Predictions.Single(quantity => quantity.Name == prediction.Name);
            (prediction.Symbol, prediction.Meaning).ShouldBe((declared.Symbol, declared.Meaning));
            prediction.Source.ShouldNotBeEmpty(prediction.Name);
            double.IsNaN(prediction.Value).ShouldBe(prediction.Withheld.Length > 0, prediction.Name);
            double.IsInfinity(prediction.Value).ShouldBeFalse(prediction.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void EveryColumnAndEventOfASolutionIsDescribed(string id, string method)
    {
        var system = TestedSystems.Find(id);
        var solution = SmallSolutions.Of(id, method);
        solution.Observables.Select(column => column.Name).ShouldBeUnique();
        foreach (var column in solution.Observables.Where(column => !ReplicaColumns.IsSpread(column.Name)))
        {
            column.Meaning.ShouldNotBeEmpty(column.Name);
            system.Observables.ShouldContain(quantity => quantity.Name == column.Name, column.Name);
        }

        solution.Events.Keys.ShouldAllBe(name => system.Events.Any(quantity => quantity.Name == name));
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
