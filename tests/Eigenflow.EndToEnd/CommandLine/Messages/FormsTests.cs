using Eigenflow.Cli;

namespace Eigenflow.EndToEnd;

/// <summary>Lists of values on the command line: what a comma is, is the parameter's.</summary>
public sealed class FormsTests : TemporaryFolder
{
    [Theory]
    [InlineData("run spectral-descent --method muon-population --newton-schulz 3.4445,-4.775,2.0315,cubic --steps 5 --points 4", 2)]
    [InlineData("run functional-scaling-law --schedule constant,cyclic:4 --steps 50 --points 2", 2)]
    [InlineData("run phase-retrieval --spectrum list:0.7,0.2,0.1,list:1,2 --teacher ones --until 1 --points 2", 2)]
    [InlineData("run phase-retrieval --dimension geomspace(1e1,1e3,3) --until 1 --points 2", 3)]
    public async Task ListsOfTextsMakeOneRunPerValue(string arguments, int count)
    {
        var (code, output, _) = await InProcess([.. arguments.Split(' '), "--format", "json"]);
        code.ShouldBe(0);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        json.RootElement.GetProperty("runs").GetArrayLength().ShouldBe(count);
    }

    internal static async Task<(int Code, string Output, string Error)> InProcess(IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);
        var code = await EigenflowCommand.RunAsync(arguments, screen);
        return (code, output.ToString(), error.ToString());
    }
}
