using System.CommandLine;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary>The options of <c>fit-schedule</c>.</summary>
internal sealed class FitScheduleOptions
{
    private readonly Argument<string[]> files = new("files")
    {
        Description = "Measured curves that are fitted together: tables with the columns step, loss, learning_rate and optionally batch, in any order (also as wandb and HF trainers name them: train/loss, train/global_step, …).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> transfer = new("--transfer")
    {
        Description = "Other schedules to forecast: tables with step and learning_rate (with loss, the forecast is checked), or a schedule such as wsd or cosine over the same steps and with the same peak.",
        HelpName = "FILE|SCHEDULE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> optimize = new("--optimize") { Description = "Proposes the schedule with the smallest predicted loss." };
    private readonly Option<bool> each = new("--each") { Description = "Fits every file alone, forecasts all others, and compares the laws over all pairs." };
    private readonly Option<string?> horizon = Text("--horizon", "Steps of the proposed schedule (default: those of the longest fitted curve).", "K");
    private readonly Option<string?> highest = Text("--max-rate", "Largest learning rate of the proposed schedule (default: the largest of the fitted curves).", "RATE");
    private readonly Option<string?> lowest = Text("--min-rate", "Smallest learning rate of the proposed schedule (default 0).", "RATE");
    private readonly Option<string?> schedule = Text("--schedule", $"Schedule of the fitted curves in place of a column learning_rate: {string.Join(", ", ScheduleText.Forms)}.", "SCHEDULE");
    private readonly Option<string?> peak = Text("--peak", "Largest learning rate of --schedule.", "RATE");
    private readonly Option<string?> final = Text("--final", "Learning rate at the end of --schedule; by default a hundredth of the peak where the decay is exponential, and 0 otherwise.", "RATE");
    private readonly Option<string?> decaySteps = Text("--decay-steps", "Steps over which the schedule wsd decays; by default a fifth of all.", "STEPS");
    private readonly Option<string?> steps = Text("--steps", "Steps of --schedule; by default the last step of the file.", "K");
    private readonly Option<string?> between = Text("--between", "Learning rate between logged steps: auto (linear, but jumps of stepwise schedules stay jumps), linear or hold (default auto).", "RULE");
    private readonly Option<string?> law = Text("--law", $"The law that forecasts: {string.Join(", ", LossLaws.Names)} (default: the one that errs least on what was held out).", "LAW");
    private readonly Option<string?> step = Text("--step", "Column of steps, or of tokens or examples, which are then counted in units (default: step, global_step, …).", "COLUMN");
    private readonly Option<string?> loss = Text("--loss", "Column of losses (default: loss, val_loss, …, train_loss); COLUMN@VALUE for the rows in which a column such as split holds a value.", "COLUMN");
    private readonly Option<string?> rateColumn = Text("--rate", "Column of learning rates (default: learning_rate, lr, …).", "COLUMN");
    private readonly Option<string?> warmup = Text("--warmup", "Warm-up before the first logged learning rate: the rate rises linearly over these steps from 0, or from RATE; 0 states that there was none.", "STEPS[:RATE]");
    private readonly Option<string?> skip = Text("--skip", "Part of the steps at the beginning that is not fitted, besides the warm-up (default 0.02).", "PART");
    private readonly Option<string?> resamples = Text("--resamples", "Resamples of the block bootstrap (default 200).", "N");
    private readonly Option<string?> restarts = Text("--restarts", "Random starts of every fit (default 16).", "N");
    private readonly Option<string?> seed = Text("--seed", "Seed of starts and resamples (default 1).", "N");

    public FitScheduleOptions(Command command)
    {
        command.Arguments.Add(files);
        foreach (var option in (Option[])[transfer, optimize, each, horizon, highest, lowest, step, loss, rateColumn, warmup, schedule, peak, final, decaySteps, steps, between, law, skip, resamples, restarts, seed])
            command.Options.Add(option);
    }

    public FitScheduleRequest Read(ParseResult parse) => new FitScheduleText
    {
        Transfers = parse.GetValue(transfer) ?? [],
        Optimize = parse.GetValue(optimize),
        Each = parse.GetValue(each),
        Horizon = parse.GetValue(horizon),
        MaxRate = parse.GetValue(highest),
        MinRate = parse.GetValue(lowest),
        Schedule = parse.GetValue(schedule),
        Peak = parse.GetValue(peak),
        Final = parse.GetValue(final),
        DecaySteps = parse.GetValue(decaySteps),
        Steps = parse.GetValue(steps),
        Between = parse.GetValue(between),
        Law = parse.GetValue(law),
        Step = parse.GetValue(step),
        Loss = parse.GetValue(loss),
        Rate = parse.GetValue(rateColumn),
        Warmup = parse.GetValue(warmup),
        Skip = parse.GetValue(skip),
        Resamples = parse.GetValue(resamples),
        Restarts = parse.GetValue(restarts),
        Seed = parse.GetValue(seed),
    }.Read(parse.GetRequiredValue(files), RequestText.Typed(parse));

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
