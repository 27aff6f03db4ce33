using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class RunTests : TemporaryFolder
{
    [Fact]
    public async Task JsonAloneIsOnStandardOutputWithTheDocumentedNames()
    {
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --dimension 100 --teacher ones --start alternating --times 1,10,100 --accuracy 0.1 --format json");
        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("system").GetString().ShouldBe("phase-retrieval");
        var run = json.RootElement.GetProperty("runs")[0];
        run.GetProperty("method").GetString().ShouldBe("flow");
        run.GetProperty("status").GetString().ShouldBe("completed");
        run.GetProperty("setting").GetProperty("dimension").GetInt64().ShouldBe(100);
        var observables = run.GetProperty("observables");
        Column(observables, "t").ShouldBe([1, 10, 100]);

        // Reference values at t = 1, 10, 100.
        Column(observables, "s")[2].ShouldBe(0.9886391367, 2e-8);
        Column(observables, "u")[0].ShouldBe(0.8263892623, 2e-8);
        Column(observables, "mse")[1].ShouldBe(0.6949725550, 2e-8);
        Column(observables, "loss")[2].ShouldBe(0.0381827514, 2e-8);
        run.GetProperty("events").GetProperty("crossing").GetDouble().ShouldBe(0.32963475, 1e-7);
        run.GetProperty("events").GetProperty("convergence").GetDouble().ShouldBe(2.64138343, 1e-6);
        run.GetProperty("events").TryGetProperty("escape", out _).ShouldBeTrue();
        run.GetProperty("statistics").GetProperty("steps").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task WarningsAndSummaryNumbersAreReported()
    {
        var result = await CommandProcess.Run(Folder, "run spectral-descent --start-scale 0.15 --steps 200 --format json --quiet");
        result.ExitCode.ShouldBe(0);

        // Quiet leaves out progress and plots, never a warning.
        result.Error.ShouldStartWith("eigenflow: warning: gd: no escape phase");
        using var json = JsonDocument.Parse(result.Output);
        var run = json.RootElement.GetProperty("runs")[0];
        run.GetProperty("warnings")[0].GetString()!.ShouldStartWith("no escape phase");
        run.GetProperty("summary").GetProperty("half-step").GetDouble().ShouldBeGreaterThan(0);

        var table = await CommandProcess.Run(Folder, "run spectral-descent --method gd,spectral");
        table.Error.ShouldBeEmpty();
        table.Output.ShouldContain("k_½");
        table.Output.ShouldContain("335");
    }

    [Fact]
    public async Task DiscreteMethodsReturnTheStepsThatWereAskedFor()
    {
        var result = await CommandProcess.Run(
            Folder, "run phase-retrieval --method gd,sgd-theory,sgd --dimension 100 --teacher ones --start alternating --learning-rate 0.01 --at-steps 100,1000 --replicas 2 --format json");
        result.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        var runs = json.RootElement.GetProperty("runs");
        runs.GetArrayLength().ShouldBe(3);
        foreach (var run in runs.EnumerateArray())
        {
            Column(run.GetProperty("observables"), "step").ShouldBe([100, 1000]);
            Column(run.GetProperty("observables"), "t").ShouldBe([1, 10], 1e-12);
        }

        Column(runs[0].GetProperty("observables"), "s").ShouldBe([0.8297032952, 0.9542955774], 1e-9);
    }

    [Fact]
    public async Task ListsMakeOneRunPerValueAndMethod()
    {
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --exponent 1.5,2 --dimension logspace(1,2,2) --method flow,gd --steps 100 --points 5 --format csv");
        result.ExitCode.ShouldBe(0);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("run,method,dimension,exponent,t,");
        lines.Skip(1).Select(line => line.Split(',')[0]).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public async Task EqualRequestsGiveEqualFiles()
    {
        const string request = "run phase-retrieval --method sgd,flow --dimension 50 --steps 2000 --replicas 3 --noise 0.05 --quiet --format json --out ";
        (await CommandProcess.Run(Folder, request + "first --jobs 1")).ExitCode.ShouldBe(0);
        (await CommandProcess.Run(Folder, request + "second --jobs 7")).ExitCode.ShouldBe(0);
        string[] names = ["report.html", "trajectory.png", "trajectory.svg", "trajectory.csv", "runs.json", "runs.csv", "request.json"];
        Directory.GetFiles(Path.Combine(Folder, "first")).Select(Path.GetFileName).Order().ShouldBe(names.Order());
        foreach (var name in names)
            File.ReadAllBytes(Path.Combine(Folder, "second", name)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder, "first", name)));
        File.ReadAllBytes(Path.Combine(Folder, "first", "trajectory.png")).Take(4).ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    [Fact]
    public async Task TheTableShowsPlotEventsAndStatus()
    {
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --dimension 200 --method flow,isotropic");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("flow time t");
        result.Output.ShouldContain("T₁");
        result.Output.ShouldContain("completed");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 120);
    }

    [Fact]
    public async Task ADivergedRunKeepsItsTrajectoryAndSaysWhatToDo()
    {
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --method sgd --dimension 50 --learning-rate 5 --steps 1000 --replicas 2 --format json");
        result.ExitCode.ShouldBe(1);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("runs")[0].GetProperty("status").GetString().ShouldBe("diverged");
        Column(json.RootElement.GetProperty("runs")[0].GetProperty("observables"), "t").ShouldNotBeEmpty();
        result.Error.ShouldContain("learning-rate");
        result.Error.Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task AnInterruptedRunKeepsWhatItHas()
    {
        using var command = CommandProcess.Start(
            Folder, "run", "phase-retrieval", "--method", "sgd", "--dimension", "500", "--steps", "1e9", "--replicas", "2", "--format", "json", "--out", "out");
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        command.Interrupt();
        var result = await command.Finish();
        result.ExitCode.ShouldBe(130);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("runs")[0].GetProperty("status").GetString().ShouldBe("cancelled");
        Column(json.RootElement.GetProperty("runs")[0].GetProperty("observables"), "t").Length.ShouldBeGreaterThan(1);
        File.Exists(Path.Combine(Folder, "out", "runs.json")).ShouldBeTrue();
    }

    internal static double[] Column(JsonElement observables, string name) =>
        [.. observables.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
