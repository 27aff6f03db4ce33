using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>One replica of a simulation: drawn inputs, labels and features.</summary>
/// <param name="problem">The problem, with whole numbers of samples and features.</param>
/// <param name="modes">Eigenvalues and powers.</param>
/// <param name="seed">Seed.</param>
/// <param name="replica">The replica.</param>
internal sealed class RegressionDraws(RegressionProblem problem, (double[] Values, double[] Power) modes, long seed, int replica)
{
    private const int DataStream = 0, FeatureStream = 1, AdditiveStream = 2, TestStream = 3;

    // Of nonlinear features, whose error has no closed form in their weights; averaged over replicas.
    private const int TestPoints = 1000;
    private const long MostDraws = 1_000_000;

    private readonly int dimension = modes.Values.Length;
    private readonly int samples = (int)problem.Samples;
    private readonly bool isLinear = problem.Activation == Activation.None;
    private readonly double centre = problem.Equivalence.Mean;
    private double[] weights = modes.Values;

    /// <summary>Bias, variances, error, training error and cross-validation, in the order of the columns. Parts that the number of draws does not tell apart are not numbers.</summary>
    public double[] Parts(int dataSets, int featureDraws)
    {
        var features = Enumerable.Range(0, featureDraws).Select(draw => problem.Layers.Count == 0 ? null : Features(draw)).ToArray();

        // Predictors are compared mode by mode, with their variances, or on test points.
        double[] truth = [.. modes.Power.Zip(modes.Values, (power, value) => Math.Sqrt(power / value))];
        var views = features;
        if (!isLinear)
        {
            var (test, clean, _) = Data(TestStream, 0, TestPoints);
            (truth, weights) = (clean, [.. Enumerable.Repeat(1.0 / TestPoints, TestPoints)]);
            views = [.. features.Select(matrix => Design(test, matrix!, TestPoints))];
        }

        var fits = new Fit[dataSets, featureDraws];
        for (var x = 0; x < dataSets; x++)
        {
            var (inputs, clean, noise) = Data(DataStream, x, samples);
            for (var f = 0; f < featureDraws; f++)
                fits[x, f] = Learn(inputs, clean, noise, features[f], views[f], truth, x, f);
        }

        // Means of products over pairs that share both, the data, the features, or neither.
        var signal = new PairMeans();
        var noisePart = new PairMeans();
        double train = 0, validation = 0;
        foreach (var (x, f, y, g) in from x in Enumerable.Range(0, dataSets) from f in Enumerable.Range(0, featureDraws) from y in Enumerable.Range(0, dataSets) from g in Enumerable.Range(0, featureDraws) select (x, f, y, g))
        {
            signal.Add(x == y, f == g, Product(fits[x, f].Error, fits[y, g].Error) + (f == g ? problem.AdditiveNoise * Dot(fits[x, f].SignalWeights, fits[y, g].SignalWeights) : 0));
            noisePart.Add(x == y, f == g, Product(fits[x, f].Noise, fits[y, g].Noise) + (f == g ? problem.AdditiveNoise * Dot(fits[x, f].NoiseWeights, fits[y, g].NoiseWeights) : 0));
            if (x == y && f == g)
                (train, validation) = (train + fits[x, f].Train, validation + fits[x, f].Validation);
        }

        var hasFeatures = problem.Layers.Count > 0;
        var bias = signal.Mean(false, !hasFeatures);
        var data = signal.Mean(true, !hasFeatures) - bias;
        var feature = hasFeatures ? signal.Mean(false, true) - bias : 0;
        var labels = noisePart.Mean(true, !hasFeatures);
        var error = signal.Mean(true, true) + noisePart.Mean(true, true);
        return
        [
            bias, data, feature, hasFeatures ? signal.Mean(true, true) - bias - data - feature : 0,
            labels, hasFeatures ? noisePart.Mean(true, true) - labels : 0, error, train / (dataSets * featureDraws), validation / (dataSets * featureDraws),
        ];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += a[j] * b[j];
        return sum;
    }

    private double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += weights[j] * a[j] * b[j];
        return sum;
    }

    private double[] Normal(int stream, long draw, long count)
    {
        var values = new double[count];
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, stream, replica, draw), 0, values);
        return values;
    }

    private (double[] Inputs, double[] Clean, double[] Noise) Data(int stream, int draw, int count)
    {
        var inputs = Normal(stream, draw, (long)count * (dimension + 1));
        double[] clean = new double[count], noise = new double[count];
        double[] scales = [.. modes.Values.Select(Math.Sqrt)], targets = [.. modes.Power.Select(Math.Sqrt)];
        for (var i = 0; i < count; i++)
        {
            noise[i] = Math.Sqrt(problem.Noise) * inputs[((long)count * dimension) + i];
            var row = inputs.AsSpan(i * dimension, dimension);
            var label = 0.0;
            for (var j = 0; j < row.Length; j++)
            {
                // w_j √η_j = √c_j: the target in the whitened input.
                label += targets[j] * row[j];
                row[j] *= scales[j];
            }

            clean[i] = label;
        }

        return (inputs[..(count * dimension)], clean, noise);
    }

    // Features of inputs, without their mean and without additive noise.
    private double[] Design(double[] inputs, double[] features, int count)
    {
        var width = features.Length / dimension;
        var design = new double[count * width];
        MatrixProduct.Multiply(inputs, features, design, count, dimension, width);
        for (var k = 0; k < design.Length && !isLinear; k++)
            design[k] = problem.Activation.Function(design[k]) - centre;
        return design;
    }

    // The product of the layers, dimension × width.
    private double[] Features(int draw)
    {
        double[]? product = null;
        var before = dimension;
        for (var l = 0; l < problem.Layers.Count; l++)
        {
            var (layer, width) = (problem.Layers[l], (int)problem.Layers[l].Width);
            var entries = Normal(FeatureStream, (draw * problem.Layers.Count) + l, (long)before * width);
            if (layer.Kind == LayerKind.Projection)
            {
                // The left singular vectors of a Gaussian matrix span a uniform subspace.
                entries = DenseAlgebra.Best.ThinSvd(entries, before, width).Left;
            }
            else
            {
                double[] scales = [.. Enumerable.Range(1, width).Select(j => Math.Sqrt((layer.Kind == LayerKind.Structured ? Math.Pow(j, -layer.Exponent) : 1) / before))];
                for (var i = 0; i < before; i++)
                {
                    for (var j = 0; j < width; j++)
                        entries[(i * width) + j] *= scales[j];
                }
            }

            if (product is null)
            {
                product = entries;
            }
            else
            {
                var next = new double[dimension * width];
                MatrixProduct.Multiply(product, entries, next, dimension, before, width);
                product = next;
            }

            before = width;
        }

        return product!;
    }

    private Fit Learn(double[] inputs, double[] clean, double[] noise, double[]? features, double[]? view, double[] truth, int x, int f)
    {
        var width = features is null ? dimension : features.Length / dimension;
        var design = features is null ? inputs : Design(inputs, features, samples);
        if (problem.AdditiveNoise > 0)
        {
            var added = Normal(AdditiveStream, (x * MostDraws) + f, design.Length);
            for (var k = 0; k < design.Length; k++)
                design[k] += Math.Sqrt(problem.AdditiveNoise) * added[k];
        }

        var solver = new RidgeSolver(design, samples, width, problem.Ridge);
        double[] signal = solver.Solve(clean), labels = solver.Solve(noise);
        var error = Seen(view, signal, truth.Length);
        for (var j = 0; j < error.Length; j++)
            error[j] -= truth[j];
        var train = 0.0;
        for (var i = 0; i < samples; i++)
        {
            var residual = clean[i] + noise[i];
            for (var j = 0; j < width; j++)
                residual -= design[(i * width) + j] * (signal[j] + labels[j]);
            train += residual * residual / samples;
        }

        var kept = solver.Kept / samples;
        return new Fit(error, Seen(view, labels, truth.Length), signal, labels, train, kept == 0 ? double.NaN : train / (kept * kept));
    }

    // What a predictor is, in every mode or on every test point.
    private static double[] Seen(double[]? view, double[] weights, int rows)
    {
        if (view is null)
            return (double[])weights.Clone();
        // Sums of four rows at a time wait for each other less; each runs from its first mode on.
        const int Together = 4;
        var seen = new double[rows];
        var i = 0;
        for (; i + Together <= rows; i += Together)
        {
            ReadOnlySpan<double> first = Row(i), second = Row(i + 1), third = Row(i + 2), fourth = Row(i + 3);
            double a = 0, b = 0, c = 0, d = 0;
            for (var j = 0; j < weights.Length; j++)
            {
                var weight = weights[j];
                a += first[j] * weight;
                b += second[j] * weight;
                c += third[j] * weight;
                d += fourth[j] * weight;
            }

            (seen[i], seen[i + 1], seen[i + 2], seen[i + 3]) = (a, b, c, d);
        }

        for (; i < rows; i++)
            seen[i] = Dot(Row(i), weights);
        return seen;

        ReadOnlySpan<double> Row(int number) => view.AsSpan(number * weights.Length, weights.Length);
    }

    private sealed record Fit(double[] Error, double[] Noise, double[] SignalWeights, double[] NoiseWeights, double Train, double Validation);

    private sealed class PairMeans
    {
        private readonly double[] sums = new double[4];
        private readonly int[] counts = new int[4];

        public void Add(bool sameData, bool sameFeatures, double value)
        {
            var kind = (sameData ? 2 : 0) + (sameFeatures ? 1 : 0);
            sums[kind] += value;
            counts[kind]++;
        }

        public double Mean(bool sameData, bool sameFeatures) => sums[(sameData ? 2 : 0) + (sameFeatures ? 1 : 0)] / counts[(sameData ? 2 : 0) + (sameFeatures ? 1 : 0)];
    }
}
