using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Images;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow spectrum FILE</c>: eigenvalues and exponent of the covariance of a data matrix.</summary>
internal static class SpectrumCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("spectrum", "Estimates the covariance spectrum of rows of numbers (samples), of a file that may be larger than memory or of a folder of images, fits its exponent, and saves it for --spectrum file:PATH.");
        var file = new Argument<string>("file") { Description = "A matrix of numbers: .npy, .csv, .tsv, .txt or .parquet; or a folder of PNG and JPEG images, of which patches are the rows." };
        var window = new Option<string?>("--window") { Description = "First and last mode of the fit, such as 5,200 (default: the longest range of constant exponent that the sample size supports).", HelpName = "FROM,TO" };
        var raw = new Option<bool>("--no-centre") { Description = "Does not subtract the mean of every column." };
        var correct = new Option<bool>("--correct") { Description = "Also corrects the spectrum for the size of the sample, by simulation (up to 512 modes), and saves it as NAME-spectrum-corrected.csv." };
        var kind = new Option<string?>("--is") { Description = "What the file holds: samples (default, unless a column is called eigenvalue), eigenvalues (one column or row), or a covariance matrix.", HelpName = "samples|eigenvalues|covariance" };
        var count = Text("--samples", "Samples on which given eigenvalues or a covariance were measured (default: they are exact).", "N");
        var without = Text("--without", "Columns that are no features and are left out (names, or numbers from 1); they may hold texts.", "COLUMN,…");
        var label = Text("--label", "Column of labels (name, number from 1, or file:PATH with one column), which is no feature; the variance of it that every mode explains is saved as a second column, target-power.", "COLUMN");
        var labelKind = new Option<string?>("--label-is") { Description = "What labels are: numbers, or classes, each an indicator of zero and one whose powers are summed (default: numbers if the first label is one).", HelpName = "numbers|classes" };
        var modes = Text("--modes", "Leading eigenvalues where there are more than 4096 rows and columns (default 256).", "N");
        var iterations = Text("--iterations", "Passes that sharpen them (default 2).", "N");
        var patch = Text("--patch", "Edge of image patches in pixels (default 16).", "PIXELS");
        var patches = Text("--patches", "Largest number of image patches (default 20000); no place is taken twice.", "N");
        var colour = new Option<bool>("--colour") { Description = "Image patches keep red, green and blue; otherwise luminance." };
        var seed = Text("--seed", "Seed of the places of image patches (default 1).", "N");
        var rowsFile = Text("--save-patches", "Saves the image patches as rows, for run … --inputs file:PATH.", "PATH.npy");
        command.Arguments.Add(file);
        foreach (var option in (Option[])[kind, count, without, label, labelKind, window, raw, correct, modes, iterations, patch, patches, colour, seed, rowsFile])
            command.Options.Add(option);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for NAME-spectrum.csv and the picture (default: only the former, in this folder).");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var path = parse.GetRequiredValue(file);
            var typed = new SpectrumText
            {
                Window = parse.GetValue(window),
                NoCentre = parse.GetValue(raw),
                Correct = parse.GetValue(correct),
                Is = parse.GetValue(kind),
                Samples = parse.GetValue(count),
                Without = parse.GetValue(without),
                Label = parse.GetValue(label),
                LabelIs = parse.GetValue(labelKind),
                Modes = parse.GetValue(modes),
                Iterations = parse.GetValue(iterations),
            };
            _ = typed.ReadWindow();
            var name = Directory.Exists(path) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) : Path.GetFileNameWithoutExtension(path);
            var folder = common.Folder(parse);
            if (folder is null)
                AtomicFile.PrepareFolder(".");
            common.Prepare(parse, screen, [name + "-spectrum.csv"], part: name);
            var options = typed.ReadOptions();
            var isFolder = Directory.Exists(path);
            foreach (var option in (Option[])[patch, patches, colour, seed, rowsFile])
            {
                if (!isFolder && parse.GetResult(option) is { Implicit: false })
                    throw new ParameterException(option.Name.TrimStart('-'), "(given)", "given with a folder of images");
            }

            if (isFolder)
                RefuseForImages(typed);
            var read = typed.Read(options);
            var pieces = new ImagePatchOptions();
            pieces = pieces with
            {
                Size = (int)(OptionNumbers.Whole(parse, patch, ImagePatchOptions.SizeRange) ?? pieces.Size),
                Count = (int)(OptionNumbers.Whole(parse, patches, ImagePatchOptions.CountRange) ?? pieces.Count),
                IsColour = parse.GetValue(colour),
                Seed = (ulong)(OptionNumbers.Whole(parse, seed, OptionNumbers.Seeds) ?? 1),
            };
            var source = isFolder ? $"{name} ({pieces.Size} × {pieces.Size} patches)" : Path.GetFileName(path);
            var estimate = ProgressDisplay.Run(screen, common.IsQuiet(parse), (progress, _) =>
            {
                if (isFolder)
                {
                    var images = ImagePatches.Read(path, pieces, progress, cancellation);
                    if (parse.GetValue(rowsFile) is { } target)
                        NpyWriter.Write(target, images.Data);
                    using var drawn = RowSource.Of(images.Data, path);
                    return SpectrumEstimate.FromRows(drawn, options, progress, cancellation);
                }

                return read(path, progress, cancellation);
            });
            foreach (var warning in estimate.Warnings)
                screen.Error.WriteLine($"warning: {warning}");
            var saved = Path.Combine(folder ?? "", name + "-spectrum.csv");
            estimate.Save(saved, source);
            if (estimate.Corrected is not null)
                estimate.SaveCorrected(Path.Combine(folder ?? "", name + "-spectrum-corrected.csv"), source);
            var figure = estimate.ToFigure(source);
            if (folder is not null)
                FigureFiles.Write(folder, figure with { Id = name + "-eigenvalues" }, pictures);
            Print(screen, estimate, figure, format, common.IsQuiet(parse), source);
            if (!common.IsQuiet(parse))
                screen.Error.WriteLine($"saved {saved}; use it: {SpectrumReport.NextCommand(estimate, saved)}");
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static void RefuseForImages(SpectrumText typed)
    {
        if (typed.Without is { } without)
            throw new ParameterException("without", without, "left out with a folder of images");
        if (typed.Label is { } label)
            throw new ParameterException("label", label, "left out with a folder of images", "images have no labels here");
        if (typed.Is is { } kind && typed.LabelIs is null && (typed.Samples is null || kind is "eigenvalues" or "covariance"))
            throw new ParameterException("is", kind, "left out with a folder of images");
    }

    private static void Print(Screen screen, SpectrumEstimate estimate, Figure figure, OutputFormat format, bool isQuiet, string source)
    {
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(SpectrumReport.Json(estimate, source).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(SpectrumReport.Csv(estimate));
                break;
            default:
                if (!isQuiet)
                    screen.Show(figure);
                screen.Show(SpectrumReport.Tables(estimate));
                break;
        }
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
