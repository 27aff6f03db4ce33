using System.Globalization;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The kinds of layers of random features.</summary>
internal enum LayerKind
{
    /// <summary>Independent Gaussian entries.</summary>
    Gaussian,

    /// <summary>Gaussian entries with correlated columns of a power-law spectrum.</summary>
    Structured,

    /// <summary>An orthogonal projection.</summary>
    Projection,
}

/// <summary>A layer as it was written.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Width">Number of features.</param>
/// <param name="Exponent">Exponent a of the spectrum f_j = j^(−a) of structured weights.</param>
internal sealed record LayerForm(LayerKind Kind, double Width, double Exponent = 0)
{
    private const string Allowed = "none, or gaussian:N, structured:N:EXPONENT, projection:N joined by +, such as gaussian:300+gaussian:200, with N from 1 to 1e15 and EXPONENT from 0 to 100";
    private const double MostWidth = 1e15;

    /// <summary>Declares the parameter <c>layers</c>.</summary>
    public static Parameter<LayerForm[]> Parameter(string help) => Settings.Parameter.Text(
        "layers", "N", "none", help, [TextForm.Of("none"), TextForm.Of("gaussian:N"), TextForm.Of("structured:N:EXPONENT"), TextForm.Of("projection:N")], Read, Write) with
    { Examples = ["gaussian:200", "gaussian:300+gaussian:200"] };

    /// <summary>The layers as they are written.</summary>
    public static string Write(LayerForm[] layers) => layers.Length == 0 ? "none" : string.Join('+', layers.Select(layer => layer.ToString()));

    /// <summary>The layer for an input dimension (that of the inputs, or the width before): entries have the variance 1/before, times a factor unless the layer is a projection.</summary>
    public FeatureLayer Of(double before, double factor = 1) => Kind switch
    {
        LayerKind.Projection => new ProjectionLayer(Width, before),
        LayerKind.Gaussian => new GaussianLayer(Width, factor / before),
        _ => new StructuredLayer(Weights(), Width, factor / before),
    };

    /// <summary>What the layer multiplies a ridge by where far less is learned than it can pass, κ_1/κ_2: N/D, or Σ f_j/D of structured weights.</summary>
    /// <param name="before">The input dimension.</param>
    public double Gain(double before) => (Kind == LayerKind.Structured ? PowerSum.Of(Exponent, (long)Math.Ceiling(Width)) : Width) / before;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        LayerKind.Structured => string.Create(CultureInfo.InvariantCulture, $"structured:{Setting.Format(Width)}:{Setting.Format(Exponent)}"),
        LayerKind.Projection => "projection:" + Setting.Format(Width),
        _ => "gaussian:" + Setting.Format(Width),
    };

    private Population Weights()
    {
        var width = (long)Math.Ceiling(Width);
        try
        {
            return Population.Of(SpectralCompression.Average(Spectrum.PowerLaw(width, Exponent), 1, (_, columns) => columns[0] = 1), PowerSum.Of(Exponent, width));
        }
        catch (ParameterException exception)
        {
            // The exponent is that of the layer, not the one of the inputs.
            throw new ParameterException("layers", ToString(), "structured:N:EXPONENT with EXPONENT " + exception.Allowed.Replace("dimension", "N", StringComparison.Ordinal));
        }
    }

    private static LayerForm[] Read(string text) =>
        text == "none" ? [] : [.. text.Split('+').Select(part => ReadOne(part) ?? throw new ParameterException("layers", text, Allowed, Suggestion.For(part.Split(':')[0], ["none", "gaussian", "structured", "projection"])))];

    private static LayerForm? ReadOne(string text)
    {
        var parts = text.Trim().Split(':');
        var width = parts.Length > 1 && TextForm.Whole(parts[1]) is >= 1 and <= (long)MostWidth and var number ? number : 0;
        return parts switch
        {
            ["gaussian", _] when width > 0 => new LayerForm(LayerKind.Gaussian, width),
            ["projection", _] when width > 0 => new LayerForm(LayerKind.Projection, width),
            ["structured", _, var exponent] when width > 0 && TextForm.Real(exponent) is >= 0 and <= 100 and var value => new LayerForm(LayerKind.Structured, width, value),
            _ => null,
        };
    }
}
