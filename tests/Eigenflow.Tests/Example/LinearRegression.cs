using Eigenflow.Spectra;

namespace Eigenflow.Tests.Example;

/// <summary>
/// y = ⟨x, w*⟩ + ε with x ~ N(0, Λ), λ_j ∝ j^(−a) of trace one, w*_j = 1 and ε ~ N(0, σ²), learned from w = 0.
/// The loss is the excess risk L = ½ Σ λ_j δ_j² of δ = w − w*; it begins at ½.
/// </summary>
internal sealed record LinearRegression : IProblem
{
    public int Dimension { get; init; } = 100;

    public double Exponent { get; init; } = 1.5;

    public double Noise { get; init; } = 0.1;

    public string SystemId => LinearRegressionSystem.Identifier;

    /// <summary>A loss beyond this is on its way to infinity.</summary>
    public double LargestLoss => 1e6 * (1 + Noise);

    public double[] Eigenvalues()
    {
        var values = new double[Dimension];
        Spectrum.PowerLaw(Dimension, Exponent).Fill(0, values);
        return values;
    }

    public void Validate()
    {
        _ = Spectrum.PowerLaw(Dimension, Exponent);
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
    }

    public Setting Describe() => Setting.Empty.With(LinearRegressionSystem.Dimension, Dimension).With(LinearRegressionSystem.Exponent, Exponent).With(LinearRegressionSystem.Noise, Noise);
}
