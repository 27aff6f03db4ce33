using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>A run goes to the end that was asked for, whatever rows are saved, and its last row is that end.</summary>
public sealed class SavedRowsTests
{
    public static TheoryData<string, string> Methods(string parameter) => TestedSystems.MethodsThatRead(parameter);

    [Theory]
    [MemberData(nameof(Methods), "at-steps")]
    public void TheLastStepIsSaved(string id, string method)
    {
        var system = TestedSystems.Find(id);
        var both = system.Solve(Complete(system, method, "at-steps=3 steps=40"));
        both["step"].ShouldBe([3, 40]);
        var setting = Complete(system, method, "at-steps=3,40 steps=40");
        system.Solve(setting)["step"].ShouldBe([3, 40]);
        Should.Throw<ParameterException>(() => Complete(system, method, "at-steps=3,41 steps=40")).Message.ShouldContain("at-steps = 41 is not allowed: it must be a list of whole numbers >= 0 and <= steps = 40");

        // Where the number of steps is the problem's, its default is the end; elsewhere the rows are all that was asked for.
        var rows = Complete(system, method, "at-steps=3");
        rows.Values["steps"].ShouldBe(system.IsOfProblem("steps") ? system.Parameter("steps")!.Default : 3L);
    }

    [Theory]
    [MemberData(nameof(Methods), "times")]
    public void TheEndOfTheTimeIsSaved(string id, string method)
    {
        var system = TestedSystems.Find(id);
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
        var system = TestedSystems.Find("phase-retrieval");
        var few = system.Solve(Complete(system, "gd", "dimension=6 at-steps=1 steps=20000 learning-rate=0.01 teacher=ones start=alternating"));
        var many = system.Solve(Complete(system, "gd", "dimension=6 steps=20000 learning-rate=0.01 teacher=ones start=alternating"));
        foreach (var (name, time) in many.Events.Where(pair => pair.Key != "dip"))
        {
            time.ShouldNotBeNull();
            few.Events[name].ShouldBe(time);
        }
    }

    private static CompletedSetting Complete(ISystem system, string method, string more)
    {
        (string Name, string Value)[] given = [.. more.Split(' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))];
        var request = system.Request(method, [.. given.Where(pair => system.IsRead(system.Method(method), pair.Name))]);
        foreach (var name in new[] { "steps", "until", "points" }.Where(name => Array.TrueForAll(given, pair => pair.Name != name)))
            request = request.Without(name);
        return system.Complete(method, request);
    }
}
