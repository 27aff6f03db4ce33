using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Every value that <c>describe</c> shows can be typed.</summary>
public sealed class ShownValueTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Parameters() => TestedSystems.Parameters();

    [Theory]
    [MemberData(nameof(Parameters))]
    public void DefaultsWordsFormsAndExamplesAreAccepted(string id, string name)
    {
        var system = TestedSystems.Find(id);
        var parameter = system.Parameter(name)!;
        SystemCatalog.Invite([.. TestedSystems.All.Except(SystemCatalog.All)]);
        var (reader, beside) = system.Reader(name, folder.Write("rows.csv", "1,0,1\n0,2,2\n-1,1,1\n3,1,2\n"));
        string[] words = [.. parameter.Choices, .. parameter.Forms.Select(form => form.Pattern).Where(IsTyped), .. parameter.Examples];
        foreach (var value in words.Concat(parameter.Default is { } number ? [Setting.Format(number)] : []).Distinct(StringComparer.Ordinal))
        {
            var typed = parameter.ParseList(value).ShouldHaveSingleItem(value);

            // Each method has axes of its own, and every axis has a method.
            var method = name is "along" ? system.Methods.First(candidate => candidate.Reads(name) && Completes(system, candidate.Name, typed)).Name : reader;

            // What a value brings with it, such as the dimension of a list, is left out, and long warm-ups have long runs.
            var request = system.Request(method, beside);
            if (value.StartsWith("list:", StringComparison.Ordinal) || name is "sampling")
                request = request.Without("dimension");
            if (name is "problem")
                request = request.Without("dimension").Without("batch");
            if (name is "schedule" && value.StartsWith("warmup", StringComparison.Ordinal))
                request = system.Parameter("steps") is null ? request.With("until", 1000.0) : request.With("steps", 1000L);
            if (name is "model-size" or "features")
                request = request.Without("features").Without("model-size").Without("dimension");
            var complete = system.Complete(method, request.With(name, typed));
            complete.Values[name].ShouldNotBeNull(value);
            system.Complete(method, complete.Values).ShouldBe(complete, "what is complete completes to itself");

            // The same in a study file.
            var lines = request.With(name, value).Pairs.Select(pair => $"{pair.Key} = {(system.Parameter(pair.Key)!.Kind is ParameterKind.Choice or ParameterKind.Text ? $"\"{pair.Value}\"" : Setting.Format(pair.Value))}");
            Study.Read(folder.Write("study.toml", $"system = \"{id}\"\nmethod = \"{method}\"\n[parameters]\n{string.Join('\n', lines)}\n")).Runs.ShouldHaveSingleItem().Request.ShouldBe(complete);
        }

        if (parameter.Kind == ParameterKind.Text && parameter.Forms.Any(form => !IsTyped(form.Pattern) && !form.Pattern.StartsWith("file:", StringComparison.Ordinal)))
            parameter.Examples.ShouldNotBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private static bool IsTyped(string form) => form.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or ':' or '.');

    private static bool Completes(ISystem system, string method, object along)
    {
        try
        {
            system.Complete(method, system.Request(method).With("along", along));
            return true;
        }
        catch (ParameterException)
        {
            return false;
        }
    }
}
