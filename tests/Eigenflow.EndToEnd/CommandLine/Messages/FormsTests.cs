using Eigenflow.Cli;
using Eigenflow.Studies;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.EndToEnd;

/// <summary>Every value that help and describe show can be typed: on the command line, and in a study file.</summary>
public sealed class FormsTests : TemporaryFolder
{
    // What makes a run short, and what some parameters need beside them.
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["phase-retrieval"] = "dimension=5 until=1 points=2 steps=2 replicas=1",
        ["spectral-descent"] = "dimension=5 points=4 steps=4 replicas=1 batch=8",
        ["functional-scaling-law"] = "features=16 model-size=8 points=2 steps=20 replicas=1",
    };

    private static readonly Dictionary<string, string> Companions = new(StringComparer.Ordinal)
    {
        ["spectral-descent exponent"] = "spectrum=power-law",
        ["spectral-descent signal-mode"] = "spectrum=power-law",
        ["spectral-descent width"] = "start=gaussian",
    };

    public static TheoryData<string, string, string> Values()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var system in SystemCatalog.All)
        {
            foreach (var parameter in system.Parameters)
            {
                var shown = parameter.Kind is ParameterKind.Choice or ParameterKind.Text ? Shown(parameter).Where(IsTyped).Concat(parameter.Examples) : [];
                foreach (var value in shown.Concat(parameter.Default is { } number ? [Setting.Format(number)] : []).Distinct(StringComparer.Ordinal))
                    data.Add(system.Id, parameter.Name, value);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task WhatIsShownIsAccepted(string id, string name, string value)
    {
        var system = SystemCatalog.Find(id);
        var (method, texts) = Request(system, name, value);
        if (name is "sampling")
        {
            var rows = Path.Combine(Folder, "rows.csv");
            await File.WriteAllTextAsync(rows, "1,0\n0,2\n-1,1\n3,1\n", TestContext.Current.CancellationToken);
            texts.Remove("dimension");
            texts["inputs"] = "file:" + rows;
        }

        var (code, output, error) = await InProcess(["run", id, "--method", method, "--quiet", "--format", "json", .. texts.SelectMany(pair => new[] { "--" + pair.Key, pair.Value })]);
        error.ShouldNotContain("not allowed");
        error.ShouldNotContain("no option");
        code.ShouldBeOneOf(0, 1);
        output.ShouldStartWith("{");

        var study = Path.Combine(Folder, "study.toml");
        var lines = texts.Select(pair => $"{pair.Key} = {(system.Parameters.Single(parameter => parameter.Name == pair.Key).Kind is ParameterKind.Choice or ParameterKind.Text ? $"\"{pair.Value}\"" : pair.Value)}");
        await File.WriteAllTextAsync(study, $"system = \"{id}\"\nmethod = \"{method}\"\n[parameters]\n{string.Join('\n', lines)}\n", TestContext.Current.CancellationToken);
        Study.Read(study).Runs.Count.ShouldBe(1);
    }

    [Fact]
    public void EveryFormOfATextHasAnExampleOrIsAWord()
    {
        foreach (var parameter in SystemCatalog.All.SelectMany(system => system.Parameters).Where(parameter => parameter.Kind == ParameterKind.Text))
        {
            foreach (var form in Shown(parameter).Where(form => !IsTyped(form) && !form.StartsWith("file:", StringComparison.Ordinal)))
                parameter.Examples.ShouldNotBeEmpty($"{parameter.Name}: {form}");
        }
    }

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

    private static IEnumerable<string> Shown(Parameter parameter) => parameter.Choices.Concat(parameter.Forms.Select(form => form.Pattern));

    private static bool IsTyped(string form) => form.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or ':' or '.');

    private static (string Method, Dictionary<string, string> Texts) Request(ISystem system, string name, string value)
    {
        var parameter = system.Parameters.Single(candidate => candidate.Name == name);
        var method = system.Methods.First(info => system.IsRead(info, name) && (name is not "width" || info.Name.StartsWith("full", StringComparison.Ordinal)));

        // Block methods need their own start and teacher.
        if (system.Id == "spectral-descent" && ((name is "start" && value is not "identity") || (name is "teacher" && value is not "mode")))
            method = system.Methods.Single(info => info.Name == "full-gd");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var beside = Short[system.Id] + " " + Companions.GetValueOrDefault($"{system.Id} {name}", "");
        foreach (var pair in beside.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            var other = system.Parameters.Single(candidate => candidate.Name == pair[0]);

            // A list of eigenvalues has its own dimension.
            if (system.IsRead(method, other.Name) && !(name is "spectrum" && value.StartsWith("list:", StringComparison.Ordinal) && pair[0] is "dimension"))
                texts[pair[0]] = pair[1];
        }

        texts[name] = value;

        // The defaults of long ranges are tried with short runs all the same, and a warm-up with the steps that it needs.
        if (name is "steps" or "schedule")
            texts["steps"] = value.StartsWith("warmup", StringComparison.Ordinal) ? "200" : name is "steps" ? value : texts.GetValueOrDefault("steps", "20");
        if (name is "model-size" or "features" && long.Parse(value, System.Globalization.CultureInfo.InvariantCulture) > 16)
            texts["features"] = name is "features" ? value : "1024";
        return (method.Name, texts);
    }
}
