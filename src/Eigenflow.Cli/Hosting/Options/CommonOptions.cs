using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>Tables and plots for people.</summary>
    Table,

    /// <summary>JSON alone on standard output.</summary>
    Json,

    /// <summary>CSV alone on standard output.</summary>
    Csv,
}

/// <summary>Options that mean the same in every command. Values are texts, so that every refusal reads alike.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> format = new("--format") { Description = "How results are printed: table, json or csv (default table).", HelpName = "FORMAT" };
    private readonly Option<string?> output = new("--out") { Description = "Folder to write files to.", HelpName = "DIR" };
    private readonly Option<bool> force = new("--force") { Description = "With --out: overwrites results of another request that the folder holds." };
    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress, no plots in the terminal." };
    private readonly Option<string?> theme = new("--theme") { Description = "Pictures for a light or dark page (default light).", HelpName = "THEME" };
    private readonly Option<string?> size = new("--size")
    {
        Description = "What pictures are made for: screen, column (85 mm), double (180 mm) or slide (16:9); other than for screens with a PDF (default screen).",
        HelpName = "SIZE",
    };

    private readonly Option<string?> scale = new("--scale") { Description = "Device pixels per pixel of a PNG for screens, 0.5 to 8 (default 2).", HelpName = "N" };
    private readonly Option<bool> realText = new("--svg-text") { Description = "SVG with text that can be edited in place of outlines." };
    private readonly Option<string?> jobs = new("--jobs") { Description = "Work done side by side (default: the cores of this machine); results do not depend on it.", HelpName = "N" };

    private bool hasCsv = true;

    /// <summary>For commands whose results are no table.</summary>
    public CommonOptions WithoutCsv()
    {
        hasCsv = false;
        format.Description = "How results are printed: table or json (default table).";
        return this;
    }

    /// <summary>Adds --format and --quiet.</summary>
    public CommonOptions AddTo(Command command)
    {
        command.Options.Add(format);
        command.Options.Add(quiet);
        return this;
    }

    /// <summary>Adds --out and what pictures are like.</summary>
    public CommonOptions WithFiles(Command command, string description)
    {
        output.Description = description;
        command.Options.Add(output);
        command.Options.Add(force);
        return WithPictures(command);
    }

    /// <summary>Adds --out alone.</summary>
    public CommonOptions WithFolder(Command command, string description)
    {
        output.Description = description;
        command.Options.Add(output);
        return this;
    }

    /// <summary>Adds what pictures are like alone.</summary>
    public CommonOptions WithPictures(Command command)
    {
        command.Options.Add(theme);
        command.Options.Add(size);
        command.Options.Add(scale);
        command.Options.Add(realText);
        return this;
    }

    /// <summary>Adds --jobs.</summary>
    public CommonOptions WithJobs(Command command)
    {
        command.Options.Add(jobs);
        return this;
    }

    public OutputFormat Format(ParseResult parse) => parse.GetValue(format) switch
    {
        null or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "csv" when hasCsv => OutputFormat.Csv,
        var other => throw new ParameterException("format", other, hasCsv ? "one of table, json, csv" : "one of table, json"),
    };

    public string? Folder(ParseResult parse) => parse.GetValue(output);

    /// <summary>
    /// Makes the folder of --out, where it is given, and refuses one that holds the results of another request unless --force is given. The request is recorded
    /// there before the first result.
    /// </summary>
    /// <param name="parse">What the user typed.</param>
    /// <param name="screen">The screen of the command.</param>
    /// <param name="files">Files that the command writes, by which its results are recognised.</param>
    /// <param name="part">Name of the part of the folder that they are, where a command names files by its input; empty for the whole.</param>
    /// <exception cref="EigenflowException">The folder cannot be written to, or holds the results of another request.</exception>
    public void Prepare(ParseResult parse, Screen screen, IReadOnlyList<string> files, string part = "")
    {
        if (Folder(parse) is not { } folder)
            return;
        screen.Results = new ResultFolder(folder, $"{RequestText.Command(parse).Split(' ')[0]} {part}".TrimEnd(), RequestText.Of(parse), files);
        screen.Results.Check(parse.GetValue(force));
        FileContext.Current.BeforeFirst = screen.Results.Record;
    }

    public bool IsQuiet(ParseResult parse) => parse.GetValue(quiet);

    public RenderOptions Pictures(ParseResult parse) => new()
    {
        Theme = parse.GetValue(theme) switch
        {
            null or "light" => ThemeKind.Light,
            "dark" => ThemeKind.Dark,
            var other => throw new ParameterException("theme", other, "one of light, dark"),
        },
        Size = parse.GetValue(size) switch
        {
            null or "screen" => PictureSize.Screen,
            "column" => PictureSize.Column,
            "double" => PictureSize.Double,
            "slide" => PictureSize.Slide,
            var other => throw new ParameterException("size", other, "one of screen, column, double, slide"),
        },
        Scale = OptionNumbers.Number(parse, scale, OptionNumbers.PictureScale) ?? new RenderOptions().Scale,
        HasRealText = parse.GetValue(realText),
    };

    public int Jobs(ParseResult parse) => JobsIfGiven(parse) ?? Environment.ProcessorCount;

    public int? JobsIfGiven(ParseResult parse) => (int?)OptionNumbers.Whole(parse, jobs, Parameter.Whole("jobs", 1, 1024));
}
