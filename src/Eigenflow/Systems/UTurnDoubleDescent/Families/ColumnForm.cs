using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Where the columns of linear smoothers come from.</summary>
/// <param name="Bandwidth">Random Fourier features with frequencies of variance 1/bandwidth²; null takes the inputs themselves, the first ones first.</param>
/// <param name="HasBias">Whether a column of ones stands before them.</param>
internal sealed record ColumnForm(double? Bandwidth, bool HasBias)
{
    private const int Frequencies = 5;

    /// <summary>Most columns.</summary>
    public int Most(LabelledSample training) => Bandwidth is null ? training.Features + (HasBias ? 1 : 0) : SmootherModel.MostCount;

    /// <summary>The features.</summary>
    /// <param name="training">The training points.</param>
    /// <param name="columns">Their number, with the bias.</param>
    /// <param name="seed">Seed of the frequencies; fewer columns are the first of more.</param>
    /// <exception cref="ParameterException">There are not so many, or the bandwidth is not above zero.</exception>
    public FeatureMap Of(LabelledSample training, int columns, ulong seed)
    {
        var count = columns - (HasBias ? 1 : 0);
        if (count < 1 || columns > Most(training))
            throw new ParameterException("columns", columns, FormattableString.Invariant($"a whole number from {(HasBias ? 2 : 1)} to {Most(training)}"), Bandwidth is null ? "the inputs have no more features" : "");
        if (Bandwidth is not { } bandwidth)
            return With(FeatureMap.Inputs(count));
        if (!(bandwidth > 0))
            throw new ParameterException("bandwidth", bandwidth, "a number > 0, in the unit of the inputs");

        // A frequency per pair of columns, each drawn by its own number.
        var (d, pairs) = (training.Features, (count + 1) / 2);
        Memory.CheckMatrix(FormattableString.Invariant($"frequencies of {columns} columns"), d, pairs, "lower columns");
        double[] frequencies = new double[d * pairs], one = new double[d];
        for (var pair = 0; pair < pairs; pair++)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, Frequencies, 0, pair), 0, one);
            for (var i = 0; i < d; i++)
                frequencies[(i * pairs) + pair] = one[i] / bandwidth;
        }

        return With(FeatureMap.Fourier(frequencies, count));
    }

    private FeatureMap With(FeatureMap map) => HasBias ? map.WithBias() : map;
}
