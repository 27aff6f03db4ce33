using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class TheoryTests : TemporaryFolder
{
    [Fact]
    public async Task PredictionsHaveTheDocumentedNamesAndTheReferenceValues()
    {
        var result = await CommandProcess.Run(Folder, "predict phase-retrieval --dimension 100 --teacher ones --start alternating --format json");
        result.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        var predictions = json.RootElement.GetProperty("predictions").EnumerateArray().ToDictionary(
            prediction => prediction.GetProperty("name").GetString()!, prediction => prediction);
        foreach (var name in new[] { "escape-rate", "escape-coefficient", "escape-time", "loss-exponent", "convergence-exponent", "largest-stable-learning-rate" })
        {
            predictions.ShouldContainKey(name);
            predictions[name].GetProperty("kind").GetString().ShouldBeOneOf("exact", "asymptotic", "heuristic", "bound");
            predictions[name].GetProperty("source").GetString().ShouldNotBeNullOrEmpty();
        }

        predictions["escape-rate"].GetProperty("value").GetDouble().ShouldBe(5.592032190164, 1e-11);
        predictions["escape-coefficient"].GetProperty("value").GetDouble().ShouldBe(0.0989914379, 1e-9);
        predictions["loss-exponent"].GetProperty("value").GetDouble().ShouldBe(0.5, 1e-15);
        predictions["convergence-exponent"].GetProperty("value").GetDouble().ShouldBe(2, 1e-15);
    }

    [Fact]
    public async Task ListsMakeOneColumnPerValue()
    {
        var result = await CommandProcess.Run(Folder, "predict phase-retrieval --exponent 1.5,2,3");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("exponent = 1.5");
        result.Output.ShouldContain("exponent = 3");
        result.Output.ShouldContain("escape-rate");
    }

    [Fact]
    public async Task SystemsDescriptionsAndCitationsArePrinted()
    {
        (await CommandProcess.Run(Folder, "systems")).Output.ShouldContain("phase-retrieval");
        var described = (await CommandProcess.Run(Folder, "describe phase-retrieval")).Output;
        foreach (var text in new[] { "dimension", "learning-rate", "sgd-theory", "escape", "figure-6", "hierarchy-order" })
            described.ShouldContain(text);
        using var json = JsonDocument.Parse((await CommandProcess.Run(Folder, "describe phase-retrieval --format json")).Output);
        json.RootElement.GetProperty("parameters").GetArrayLength().ShouldBeGreaterThan(15);
        var cited = await CommandProcess.Run(Folder, "cite phase-retrieval");
        cited.ExitCode.ShouldBe(0);
        cited.Output.ShouldContain("2511.18661");
        cited.Output.ShouldContain("@");
    }

    [Fact]
    public async Task AListSaysForEveryNumberOutOfItsWindowWhichConditionFails()
    {
        var (code, output, _) = await FormsTests.InProcess(["predict", "phase-retrieval", "--exponent", "0.5,1.5", "--dimension", "1000"]);
        code.ShouldBe(0);
        var (_, text, _) = await FormsTests.InProcess(["predict", "phase-retrieval", "--exponent", "0.5,1.5", "--dimension", "1000", "--format", "json"]);
        using var json = System.Text.Json.JsonDocument.Parse(text);
        var reasons = json.RootElement.GetProperty("settings").EnumerateArray().SelectMany(setting => setting.GetProperty("predictions").EnumerateArray())
            .Where(prediction => prediction.TryGetProperty("reason", out _)).ToArray();
        reasons.Length.ShouldBeGreaterThan(5);
        var words = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        output.ShouldContain("(OUT)");
        foreach (var prediction in reasons)
        {
            // The first condition with its number; cells are wrapped.
            output.ShouldContain(prediction.GetProperty("name").GetString()!);
            words.ShouldContain(prediction.GetProperty("reason").GetString()!.Split(", must")[0].Split(" = ")[^1].Split(' ')[0]);
        }

        output.ShouldContain("must be");
        output.ShouldNotContain("--format json says why");
    }
}
