using System.CommandLine;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Settings;

namespace Eigenflow.Cli;

/// <summary>The options of <c>collapse</c> for ladders of models.</summary>
internal sealed class LadderArguments
{
    private static readonly Parameter<double> Positive = Parameter.Number("number", 0, Parameter.LargestNumber) with { MinimumIsOpen = true };
    private static readonly Parameter<double> Offsets = Parameter.Number("offset", 0, Parameter.LargestNumber);
    private static readonly Parameter<double> Parts = Parameter.Number("part", 0, 1);
    private static readonly Parameter<double> Steps = Parameter.Number("step", 0.001, 0.1);
    private static readonly Parameter<double> Exponents = Parameter.Number("exponent", 0, 10) with { MinimumIsOpen = true };

    private readonly Option<string?> name = Text("--name", "Sizes, seeds and schedules in the names of files (without ending), such as \"mlp_{schedule}_params{params}_seed{seed}\"; {run}, {tokens_per_step} and {*} for letters that mean nothing.", "PATTERN");
    private readonly Option<string?> size = Text("--params", "Column of sizes of models (default: params, parameters, N, …; width where there is none).", "COLUMN");
    private readonly Option<string?> run = Text("--run", "Column that tells runs apart (default: run_id, run).", "COLUMN");
    private readonly Option<string?> schedule = Text("--schedule", "Column of names of schedules: one ladder each (default: schedule, lr_schedule).", "COLUMN");
    private readonly Option<string?> rate = Text("--rate", "Column of learning rates (default: learning_rate, lr, …).", "COLUMN");
    private readonly Option<string?> compute = Text("--compute", "Column of compute (default: compute, flops, …; else 6 × tokens × params).", "COLUMN");
    private readonly Option<string?> trace = Text("--trace", "Column of traces of the mini-batch gradient covariance (default: grad_cov_trace).", "COLUMN");
    private readonly Option<string?> tokens = Text("--tokens-per-step", "Tokens or examples per step, where the table counts steps.", "N");
    private readonly Option<string?> horizon = Text("--horizon", "Cuts every run at t* = SCALE · params^EXPONENT (default: the last record is the end point).", "SCALE,EXPONENT");
    private readonly Option<string?> offset = Text("--offset", "Irreducible loss L0, in place of the one fitted to the end points.", "L0");
    private readonly Option<string?> step = Text("--step", "Step of the common grid of x = t/t* (default 0.01).", "DX");
    private readonly Option<string?> smooth = Text("--smooth", "Smooths all losses first: half-life of the moving average as a part of the run (default: none).", "PART");
    private readonly Option<bool> unbiased = new("--unbiased") { Description = "Unbiased variances (divided by n − 1) in place of those of the population." };
    private readonly Option<string?> onset = Text("--onset", "Smallest onset of a supercollapse (default 0.2).", "PART");
    private readonly Option<string?> ratio = Text("--ratio", "Largest spread of a collapse, in units of the noise of seeds (default 1.5).", "RATIO");
    private readonly Option<string?> share = Text("--share", "Largest part of x on which models may differ significantly in a collapse (default 0.1).", "PART");
    private readonly Option<string?> drift = Text("--drift", "Largest systematic difference between sizes of a supercollapse, in units of what seeds of one size differ by (default 0.5).", "RATIO");
    private readonly Option<string?> alpha = Text("--alpha", "α of the reduced prediction of schedules (default: fitted; theory 0.25).", "ALPHA");
    private readonly Option<string?> curvature = Text("--curvature", "Tr H/(2B) of the ratio prediction of schedules, per unit of the learning rate (default: fitted).", "RHO");
    private readonly Option<string?> from = Text("--from", "x from which predictions of schedules are compared (default: where the rate has left its peak by 1 %).", "X");
    private readonly Option<string?> resamples = Text("--resamples", "Refits for the interval of L0 (default 200).", "N");
    private readonly Option<string?> seed = Text("--seed", "Seed of the refits (default 1).", "N");
    private readonly CurveOptions curves;
    private readonly Option<string?> seeds;

    public LadderArguments(Command command, CurveOptions curves, Option<string?> seeds)
    {
        (this.curves, this.seeds) = (curves, seeds);
        foreach (var option in All())
            command.Options.Add(option);
    }

    public IReadOnlyList<string> Files(ParseResult parse) => curves.Files(parse);

    /// <summary>Refuses options of ladders beside those of rescalings.</summary>
    public void Refuse(ParseResult parse)
    {
        foreach (var option in All())
        {
            if (parse.GetResult(option) is { Implicit: false })
                throw new ParameterException(option.Name.TrimStart('-'), option is Option<string?> text ? parse.GetValue(text) : "", "left out with --models and options of rescalings", "it belongs to ladders of models, which need none of these");
        }
    }

    public LadderReading Reading(ParseResult parse)
    {
        return new LadderReading
        {
            Name = parse.GetValue(name) is { } pattern ? NamePattern.Parse(pattern) : null,
            Size = parse.GetValue(size),
            Time = curves.X(parse),
            Loss = curves.Y(parse),
            Seed = parse.GetValue(seeds),
            Run = parse.GetValue(run),
            Schedule = parse.GetValue(schedule),
            Rate = parse.GetValue(rate),
            Compute = parse.GetValue(compute),
            Trace = parse.GetValue(trace),
            TokensPerStep = OptionNumbers.Number(parse, tokens, Positive),
        };
    }

    public LadderOptions Options(ParseResult parse)
    {
        var defaults = new LadderOptions();
        return defaults with
        {
            Offset = OptionNumbers.Number(parse, offset, Offsets),
            Grid = OptionNumbers.Number(parse, step, Steps) is { } dx ? [.. Enumerable.Range(1, (int)Math.Floor((1 / dx) + 1e-9)).Select(k => k * dx).Where(x => x < 1 - 1e-9), 1] : null,
            Onset = OptionNumbers.Number(parse, onset, LadderOptions.OnsetRange) ?? defaults.Onset,
            Ratio = OptionNumbers.Number(parse, ratio, LadderOptions.RatioRange) ?? defaults.Ratio,
            Share = OptionNumbers.Number(parse, share, Parts) ?? defaults.Share,
            Drift = OptionNumbers.Number(parse, drift, LadderOptions.DriftRange) ?? defaults.Drift,
            Resamples = (int)(OptionNumbers.Whole(parse, resamples, LadderOptions.ResamplesRange) ?? defaults.Resamples),
            Seed = (ulong)(OptionNumbers.Whole(parse, seed, OptionNumbers.Seeds) ?? 1),
            IsUnbiased = parse.GetValue(unbiased),
        };
    }

    public TransferOptions Transfer(ParseResult parse) => new()
    {
        Alpha = OptionNumbers.Number(parse, alpha, Offsets),
        Curvature = OptionNumbers.Number(parse, curvature, Offsets),
        From = OptionNumbers.Number(parse, from, Parts),
    };

    /// <summary>What cuts and smooths the runs as was asked for; options are checked here.</summary>
    public Func<LadderData, LadderData> Preparation(ParseResult parse)
    {
        var part = OptionNumbers.Number(parse, smooth, Parts with { MinimumIsOpen = true });
        var (scale, exponent) = Horizon(parse);
        return data => data with
        {
            Runs = [.. data.Runs.Select(one => Smooth(scale is { } kappa && exponent is { } gamma ? one.Until(kappa * Math.Pow(one.Size, gamma)) : one))],

            // A cut would decide which horizon these show.
            Whole = [.. data.Runs.Select(Smooth)],
        };

        LadderRun Smooth(LadderRun one) => part is { } half ? CurveSmoothing.Smooth(one, half) : one;
    }

    private (double? Scale, double? Exponent) Horizon(ParseResult parse)
    {
        if (parse.GetValue(horizon) is not { } text)
            return (null, null);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            ? ((Positive with { Name = "horizon" }).Read(parts[0]), (Exponents with { Name = "horizon" }).Read(parts[1]))
            : throw new ParameterException("horizon", text, "SCALE,EXPONENT, both positive, such as 20,1");
    }

    private Option[] All() => [name, size, run, schedule, rate, compute, trace, tokens, horizon, offset, step, smooth, unbiased, onset, ratio, share, drift, alpha, curvature, from, resamples, seed];

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
