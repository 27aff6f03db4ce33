using Eigenflow.Data;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra.Estimation;

namespace Eigenflow.Studies;

/// <summary>What is typed for the spectrum of a file: the options of <c>eigenflow spectrum</c>, null where they are left out.</summary>
public sealed record SpectrumText
{
    /// <summary>First and last mode of the fit, <c>FROM,TO</c>.</summary>
    public string? Window { get; init; }

    /// <summary>Whether no mean is subtracted.</summary>
    public bool NoCentre { get; init; }

    /// <summary>Whether the spectrum is corrected for the size of the sample too.</summary>
    public bool Correct { get; init; }

    /// <summary>What the file holds: samples, eigenvalues or covariance.</summary>
    public string? Is { get; init; }

    /// <summary>Samples on which given eigenvalues were measured.</summary>
    public string? Samples { get; init; }

    /// <summary>Columns that are left out, with commas between them.</summary>
    public string? Without { get; init; }

    /// <summary>Column of labels.</summary>
    public string? Label { get; init; }

    /// <summary>What labels are: numbers or classes.</summary>
    public string? LabelIs { get; init; }

    /// <summary>Leading eigenvalues.</summary>
    public string? Modes { get; init; }

    /// <summary>Passes that sharpen them.</summary>
    public string? Iterations { get; init; }

    /// <summary>The options of the estimate.</summary>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    public SpectrumEstimateOptions ReadOptions()
    {
        var defaults = new SpectrumEstimateOptions();
        var (start, end) = ReadWindow();
        return new SpectrumEstimateOptions
        {
            Centre = !NoCentre,
            WindowStart = start,
            WindowEnd = end,
            Corrects = Correct,
            Modes = (int)(TypedNumbers.Whole("modes", Modes, SpectrumEstimateOptions.ModesRange) ?? defaults.Modes),
            Iterations = (int)(TypedNumbers.Whole("iterations", Iterations, SpectrumEstimateOptions.IterationsRange) ?? defaults.Iterations),
        };
    }

    /// <summary>The window.</summary>
    /// <exception cref="ParameterException">It is none.</exception>
    public (long? First, long? Last) ReadWindow()
    {
        var (start, end) = TypedNumbers.Pair("window", Window, Parameter.Whole("window", 1, 9e15), "5,200");
        return ((long?)start, (long?)end);
    }

    /// <summary>What estimates the spectrum of a file.</summary>
    /// <param name="options">The options of the estimate.</param>
    /// <exception cref="ParameterException">Options that do not go together.</exception>
    public Func<string, IProgress<Progress>?, CancellationToken, SpectrumEstimate> Read(SpectrumEstimateOptions options)
    {
        var leftOut = Columns();
        var labelled = Labels();
        var given = Given(leftOut);
        return (path, progress, cancellation) =>
        {
            if (given is not null)
                return SpectrumEstimate.FromGiven(given(path), options, cancellation);
            var labels = labelled is null ? null : LabelColumn.Open(path, labelled.Value.Column, labelled.Value.Kind);
            using var rows = RowSource.OpenSamples(path, labels?.InSamples is { } own ? [.. leftOut, own] : leftOut);
            if (Is is null && labels is null && DataFileSurvey.NamesEigenvalues(rows.Names))
                return SpectrumEstimate.FromGiven(GivenSpectrum.FromEigenvalues(EigenvalueTable.Read(path, leftOut), null), options, cancellation);
            return SpectrumEstimate.FromRows(rows, options with { Labels = labels }, progress, cancellation);
        };
    }

    /// <summary>The command line that gives the same result.</summary>
    /// <param name="file">Name of the file.</param>
    public string Command(string file) => CommandLine.Of(
        "spectrum", [file], ("--is", Is), ("--samples", Samples), ("--without", Without), ("--label", Label), ("--label-is", LabelIs), ("--window", Window), ("--no-centre", NoCentre ? "" : null),
        ("--correct", Correct ? "" : null), ("--modes", Modes), ("--iterations", Iterations));

    private string[] Columns()
    {
        if (Without is null)
            return [];
        string[] names = [.. TypedNumbers.Names(Without)];
        return names.Length > 0 ? names : throw new ParameterException("without", Without, "names or numbers of columns, such as label,3");
    }

    private (string Column, LabelKind Kind)? Labels()
    {
        if (Label is null)
            return LabelIs is null ? null : throw new ParameterException("label-is", LabelIs, "given with --label");
        if (Is is not (null or "samples"))
            throw new ParameterException("label", Label, $"left out with --is {Is}", "labels belong to rows (samples)");
        return (Label, LabelIs switch
        {
            null => LabelKind.Automatic,
            "numbers" => LabelKind.Numbers,
            "classes" => LabelKind.Classes,
            _ => throw new ParameterException("label-is", LabelIs, "numbers or classes"),
        });
    }

    // What reads the file as something else than samples; null for samples.
    private Func<string, GivenSpectrum>? Given(string[] without)
    {
        var samples = TypedNumbers.Whole("samples", Samples, SpectrumEstimateOptions.SamplesRange);
        if (samples is not null && Is is not ("eigenvalues" or "covariance"))
            throw new ParameterException("samples", samples, "given with --is eigenvalues or --is covariance", "rows are counted by themselves");
        return Is switch
        {
            null or "samples" => null,
            "eigenvalues" => path => GivenSpectrum.FromEigenvalues(EigenvalueTable.Read(path, without), samples),
            "covariance" => path => GivenSpectrum.FromCovariance(NumericFile.ReadMatrix(path, without), samples),
            _ => throw new ParameterException("is", Is, "samples, eigenvalues or covariance"),
        };
    }
}
