using System.Text.Json;

namespace Eigenflow.Browser.Api;

/// <summary>Maps as they are streamed: the same request goes on with what is there.</summary>
public sealed class MapStreamTests(ApiSession session)
{
    // At a tolerance of its own, so that no other test has solved it.
    private const string Map = """{"run":{"method":"flow","setting":{"rtol":"3.3e-8"}},"x":{"parameter":"exponent","values":["1.1","1.5","2","2.5"]},"y":{"parameter":"dimension","values":["100","1000","3000"]},"quantity":"QUANTITY"}""";

    [Fact]
    public async Task WhatIsThereIsNotSolvedAgain()
    {
        var first = await Events("auto");
        first[^1].Name.ShouldBe("done");
        var quantity = first[^1].Data.GetProperty("quantity").GetString()!;
        quantity.ShouldBe("event:escape");
        first[^1].Data.TryGetProperty("stopped", out _).ShouldBeFalse();
        (await Events("auto")).ShouldHaveSingleItem().Data.GetProperty("done").GetInt32().ShouldBe(12);

        // What was chosen is asked for by its name.
        var again = (await Events(quantity)).ShouldHaveSingleItem().Data;
        again.GetProperty("figure").GetRawText().ShouldBe(first[^1].Data.GetProperty("figure").GetRawText());
    }

    private async Task<List<(string Name, JsonElement Data)>> Events(string quantity)
    {
        using var answer = await session.Client.PostAsync("/api/systems/phase-retrieval/map", ApiSession.Json(Map.Replace("QUANTITY", quantity, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block.Split('\n')).Where(lines => lines.Any(line => line.StartsWith("data:", StringComparison.Ordinal))).Select(lines => (lines.First(line => line.StartsWith("event:", StringComparison.Ordinal))[6..].Trim(), JsonDocument.Parse(string.Concat(lines.Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..]))).RootElement))];
    }
}
