namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Inputs with labels, both row by row: n points of d features, and for each point one label per output (one-hot columns for classes).</summary>
/// <param name="Rows">n ≥ 2.</param>
/// <param name="Features">d ≥ 1.</param>
/// <param name="Inputs">n × d finite values.</param>
/// <param name="Outputs">Labels per point, ≥ 1.</param>
/// <param name="Labels">n × outputs finite values.</param>
internal sealed record LabelledSample(int Rows, int Features, double[] Inputs, int Outputs, double[] Labels)
{
    public ReadOnlySpan<double> Input(int row) => Inputs.AsSpan(row * Features, Features);

    public ReadOnlySpan<double> Label(int row) => Labels.AsSpan(row * Outputs, Outputs);

    /// <summary>Mean squared deviation of the labels, summed over outputs; zero where all are equal up to rounding.</summary>
    public double LabelVariance => VarianceOf(Rows, Outputs, Labels);

    /// <summary>Sum of the squares of all inputs, the trace of their Gram matrix.</summary>
    public double InputSquare => Inputs.Sum(value => value * value);

    /// <summary>The same points with one of the outputs alone.</summary>
    /// <param name="output">0-based output.</param>
    public LabelledSample Only(int output) => Outputs == 1 ? this : new LabelledSample(Rows, Features, Inputs, 1, [.. Enumerable.Range(0, Rows).Select(row => Labels[(row * Outputs) + output])]);

    /// <summary>Checks sizes and values.</summary>
    /// <exception cref="ParameterException">Fewer than two points, no features, sizes that do not agree, or a value that is not finite.</exception>
    public void Validate()
    {
        if (Rows < 2)
            throw new ParameterException("samples", Rows, "at least 2 points");
        if (Features < 1 || Inputs.Length != Rows * Features)
            throw new ParameterException("data", Inputs.Length, FormattableString.Invariant($"{Rows} rows of {Features} features"));
        if (Outputs < 1 || Labels.Length != Rows * Outputs)
            throw new ParameterException("data", Labels.Length, FormattableString.Invariant($"labels for {Rows} rows"), "give one label per row");
        if (Inputs.Concat(Labels).FirstOrDefault(value => !double.IsFinite(value)) is var bad && !double.IsFinite(bad))
            throw new ParameterException("data", bad, "finite numbers", "leave out rows with missing values");
    }

    private static double VarianceOf(int rows, int outputs, double[] labels)
    {
        const double rounding = 1e-24;
        double[] mean = new double[outputs];
        double square = 0, deviation = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            mean[i % outputs] += labels[i] / rows;
            square += labels[i] * labels[i] / rows;
        }

        for (var i = 0; i < labels.Length; i++)
            deviation += (labels[i] - mean[i % outputs]) * (labels[i] - mean[i % outputs]) / rows;
        return deviation > rounding * square ? deviation : 0;
    }
}
