using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The profile of the means as it was written: <c>flat</c>, <c>power:EXPONENT</c>, <c>clean</c>, <c>gaussian</c>, <c>cosine</c> or a file with one column, or one per class.</summary>
/// <param name="Text">What was written.</param>
internal sealed record MeanForm(string Text)
{
    private const string Name = "mean-profile";
    private static readonly TextForm[] Forms = [TextForm.Of("flat"), TextForm.Of("power:EXPONENT"), TextForm.Of("clean"), TextForm.Of("gaussian"), TextForm.Of("cosine"), TextForm.File];

    /// <summary>The file, or null.</summary>
    public string? Path => TextForm.PathOf(Text);

    /// <summary>Declares the parameter.</summary>
    /// <param name="help">One sentence.</param>
    public static Parameter<MeanForm> Parameter(string help) => Settings.Parameter.Text(Name, "μ", "flat", help, Forms, Read, form => form.Text) with { Examples = ["power:0.5"] };

    /// <summary>Whether it is a function of ρ/d, as the continuum needs it.</summary>
    public bool HasLimit => Text is "flat" or "clean" || Exponent(Text) is not null;

    /// <summary>The mean of a class without its size.</summary>
    /// <param name="number">0-based number of the class.</param>
    /// <param name="cleanFraction">Part of the modes that is clean; null where there is none.</param>
    /// <param name="seed">Seed of random means.</param>
    /// <param name="areOwn">Whether every class has a mean of its own, rather than one of either sign.</param>
    public MeanProfile Of(int number, double? cleanFraction, long seed, bool areOwn) => Text switch
    {
        "flat" => MeanProfile.Flat,
        "clean" => MeanProfile.Clean(cleanFraction ?? throw new ParameterException(Name, Text, "flat, power:EXPONENT, gaussian, cosine or file:PATH for this spectrum", "clean needs modes that are cleaner than others: use spectrum = zero-one:FRACTION or power-law")),
        "gaussian" => MeanProfile.Gaussian(seed, areOwn ? number : 0),
        "cosine" => MeanProfile.Cosine(areOwn ? number + 1 : 1),
        _ when Exponent(Text) is { } exponent => MeanProfile.PowerOf(exponent),
        _ => MeanProfile.Of(Column(number)),
    };

    private static MeanForm Read(string text)
    {
        if (Exponent(text) is <= -0.5 and var exponent)
            throw new ParameterException(Name, text, "power:EXPONENT with EXPONENT > -0.5", FormattableString.Invariant($"the mean norm diverges for {exponent:R}"));
        return text is "flat" or "clean" or "gaussian" or "cosine" || Exponent(text) is not null || TextForm.PathOf(text) is not null
            ? new MeanForm(text)
            : throw new ParameterException(Name, text, string.Join(", ", Forms.SkipLast(1)) + " or " + Forms[^1], Suggestion.For(text.Split(':')[0], Forms.Select(form => form.Word)));
    }

    private static double? Exponent(string text) => text.Split(':') is ["power", var number] && TextForm.Real(number) is >= -1000 and <= 1000 and var exponent ? exponent : null;

    private double[] Column(int number) => ClassColumns.Of(Path!, number);
}

/// <summary>Columns of a file that holds one of them for all classes, or one per class.</summary>
internal static class ClassColumns
{
    /// <summary>The column of a class.</summary>
    public static double[] Of(string path, int number)
    {
        var table = InputVector.ReadMatrix(path);
        return table.Columns == 1 || table.Rows == 1 ? table.Values : table.Column(number);
    }

    /// <summary>Modes and columns of a file.</summary>
    public static (int Modes, int Columns) Shape(string path)
    {
        var table = InputVector.ReadMatrix(path);
        return table.Rows == 1 ? (table.Columns, 1) : (table.Rows, table.Columns);
    }
}
