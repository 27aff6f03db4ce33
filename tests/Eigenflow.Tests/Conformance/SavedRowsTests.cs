using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>A run goes to the end that was asked for, whatever rows are saved, and its last row is that end.</summary>
public sealed class SavedRowsTests
{
    // Small problems of every system; block methods and whole matrices, sampled and deterministic.
    private static readonly Dictionary<string, string> Small = new(StringComparer.Ordinal)
    {
        ["phase-retrieval"] = "dimension=6 replicas=2",
        ["functional-scaling-law"] = "features=8 model-size=4 replicas=2",
        ["spectral-descent"] = "dimension=5 replicas=2 batch=8",
    };

    public static TheoryData<string, string> Methods(string parameter)
    {
        var data = new TheoryData<string, string>();
        foreach (var system in SystemCatalog.All)
        {
            foreach (var method in system.Methods.Where(method => method.Reads(parameter)))
                data.Add(system.Id, method.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Methods), "at-steps")]
    public void TheLastStepIsSaved(string id, string method)
    {
        var system = SystemCatalog.Find(id);
        var both = system.Solve(Complete(system, method, "at-steps=3 steps=40"));
        both["step"].ShouldBe([3, 40]);
        var setting = Complete(system, method, "at-steps=3,40 steps=40");
        system.Solve(setting)["step"].ShouldBe([3, 40]);
        Should.Throw<ParameterException>(() => Complete(system, method, "at-steps=3,41 steps=40")).Message.ShouldContain("at-steps = 41 is not allowed: it must be a list of whole numbers >= 0 and <= steps = 40");

        // Where the number of steps is the problem's, its default is the end; elsewhere the rows are all that was asked for.
        var rows = Complete(system, method, "at-steps=3");
        (system.IsOfProblem("steps") ? 10_000L : 3L).ShouldBe((long)rows.Values["steps"]!);
    }

    [Theory]
    [MemberData(nameof(Methods), "times")]
    public void TheEndOfTheTimeIsSaved(string id, string method)
    {
        var system = SystemCatalog.Find(id);
        var times = system.Solve(Complete(system, method, "times=0.25,0.5 until=1")).Times;
        times[..2].ShouldBe([0.25, 0.5]);

        // The Volterra equation ends with Phase I at the latest.
        times.Length.ShouldBe(3);
        times[2].ShouldBe(1, method == "volterra" ? 0.9 : 0);
        system.Solve(Complete(system, method, "times=0.25,0.5")).Times.ShouldBe([0.25, 0.5]);
        Should.Throw<ParameterException>(() => Complete(system, method, "times=5 until=2"));
    }

    [Fact]
    public void EventsBehindTheSavedRowsAreFound()
    {
        var system = SystemCatalog.Find("phase-retrieval");
        var few = system.Solve(Complete(system, "gd", "at-steps=1 steps=20000 learning-rate=0.01 teacher=ones start=alternating"));
        var many = system.Solve(Complete(system, "gd", "steps=20000 learning-rate=0.01 teacher=ones start=alternating"));
        foreach (var (name, time) in many.Events)
        {
            time.ShouldNotBeNull();
            few.Events[name].ShouldBe(time);
        }
    }

    private static CompletedSetting Complete(ISystem system, string method, string more)
    {
        var pairs = $"{Small[system.Id]} {more}".Split(' ').Select(pair => pair.Split('='))
            .Where(pair => system.IsRead(system.Method(method), pair[0]));
        return system.Complete(method, new Setting(pairs.Select(pair => KeyValuePair.Create(pair[0], system.Parameters.Single(parameter => parameter.Name == pair[0]).Parse(pair[1])))));
    }
}
