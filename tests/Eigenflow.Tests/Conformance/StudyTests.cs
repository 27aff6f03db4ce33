using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>A smallest study file of every system runs, is collected, and continues.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Ids() => TestedSystems.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void ASmallestStudyRuns(string id)
    {
        var system = TestedSystems.Find(id);
        if (!SystemCatalog.All.Contains(system))
            SystemCatalog.Invite(system);
        var method = system.Methods[0].Name;
        var request = system.Request(method);
        var column = system.Observables.First(quantity => quantity.Name != SmallSolutions.Of(id, method).Axis.Name && SmallSolutions.Of(id, method).Has(quantity.Name) && quantity.Name != "step").Name;
        var lines = request.Pairs.Where(pair => pair.Key != "points").Select(pair => $"{pair.Key} = {Setting.Format(pair.Value)}");
        var study = Study.Read(folder.Write("smallest.toml", $"""
            system = "{id}"
            method = "{method}"

            [parameters]
            {string.Join('\n', lines)}
            points = [6, 7]

            [derived]
            end = {"{"} value = "{column}" {"}"}
            middle = {"{"} mean = "{column}" {"}"}

            [[figure]]
            x = "{SmallSolutions.Of(id, method).Axis.Name}"
            y = "{column}"
            group = "points"
            """));
        study.Runs.Count.ShouldBe(2);
        new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 2 }.Run().Computed.ShouldBe(2);
        new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 2 }.Run().Computed.ShouldBe(0, "what is done is not done again");
        var results = StudyResults.Read(study, folder.Path("out"));
        results.Runs.ShouldAllBe(run => run.Status == "completed");
        results.Runs.ShouldAllBe(run => double.IsFinite(run.Scalar("end")) && double.IsFinite(run.Scalar("middle")));
        RunTableWriter.Write(results).Count.ShouldBe(2);
    }

    public void Dispose() => folder.Dispose();
}
