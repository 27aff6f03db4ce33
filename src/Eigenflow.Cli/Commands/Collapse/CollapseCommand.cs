using System.CommandLine;

namespace Eigenflow.Cli;

/// <summary>
/// <c>eigenflow collapse FILE…</c>: whether the loss curves of a ladder of models collapse when each is divided by its own end point, with horizons and predicted schedules;
/// with <c>--models</c> how well rescaled curves of any kind fall on one.
/// </summary>
internal static class CollapseCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command(
            "collapse",
            "Says whether loss curves of models of several sizes collapse on one when each run is divided by its own end point: irreducible loss, spread beside the noise of seeds, verdict and its cause, the best horizon, predicted schedules. "
            + "With --models: a number for 'these rescaled curves collapse'.");
        var curves = new CurveOptions(command);
        var seeds = new Option<string?>("--seeds") { Description = "Column of seeds (default for ladders: seed); without seeds there is a spread and no verdict.", HelpName = "COLUMN" };
        var ladder = new LadderArguments(command, curves, seeds);
        command.Options.Add(seeds);
        var rescaling = new RescalingMode(command, screen, curves, seeds);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for pictures (.png, .svg, .csv), collapse.json, and for ladders curves.csv and report.html.");
        command.SetAction(
            (parse, cancellation) => Task.Run(
                () =>
                {
                    if (!rescaling.IsAsked(parse))
                        return LadderMode.Run(parse, screen, ladder, common, cancellation);
                    ladder.Refuse(parse);
                    return rescaling.Run(parse, common, cancellation);
                },
                CancellationToken.None));
        return command;
    }
}
