namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Bias and scatter of the logarithms of the leading eigenvalues of a sample, by simulation: Gaussian samples of the same n and d are drawn from a smooth population spectrum whose samples have the measured eigenvalues on average.
/// The population is the measured spectrum, smoothed along ln i and shifted by the smoothed difference from simulations a few times: only its shape over a factor of two in i matters for bias and scatter.
/// Work about 110 simulations.
/// </summary>
internal sealed class ModeNoise
{
    /// <summary>Number of simulated samples: one of them exceeds what happens once in a hundred.</summary>
    public const int Draws = 99;

    private const int Rounds = 4;
    private const int Guides = 2;
    private const ulong Seed = 3;
    private const int LargestSize = 256;
    private const double MostWork = 4e8;
    private const double Bandwidth = 1.2;

    private ModeNoise(double[] logarithms, double[] deviations, double[][] scatter) => (Logarithms, Deviations, Scatter) = (logarithms, deviations, scatter);

    /// <summary>ln λ_i without the bias of the sample, up to a constant.</summary>
    public double[] Logarithms { get; }

    /// <summary>Standard deviations of ln λ_i in Gaussian samples.</summary>
    public double[] Deviations { get; }

    /// <summary>What simulated samples depart from their mean, one row each.</summary>
    public double[][] Scatter { get; }

    /// <summary>Simulates; null where that is too much work.</summary>
    /// <param name="eigenvalues">The eigenvalues that are not zero by rank, descending and positive.</param>
    /// <param name="samples">Degrees of freedom n, or the number of Gaussian samples with such errors.</param>
    /// <param name="features">d.</param>
    /// <param name="count">Number of leading modes, at most that of samples.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ModeNoise? Of(ReadOnlySpan<double> eigenvalues, long samples, int features, int count, CancellationToken cancellation)
    {
        var size = eigenvalues.Length;
        var seen = (int)Math.Min(size, samples);
        if (seen < count || size > LargestSize || (double)size * size * SampleSimulation.Drawn(samples, features) > MostWork)
            return null;
        double[] logs = new double[size], guess = new double[features];
        for (var i = 0; i < size; i++)
            logs[i] = Math.Log(eigenvalues[i] / eigenvalues[0]);
        var population = Smooth(logs);
        var guides = Enumerable.Range(0, Guides).Select(index => new SampleSimulation(samples, features, Seed, index)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Exponentiate();
            var simulated = new double[Guides][];
            Parallel.For(0, Guides, index => simulated[index] = guides[index].Logarithms(guess, seen));
            var off = Smooth([.. Enumerable.Range(0, seen).Select(i => logs[i] - simulated.Average(one => one[i]))]);
            for (var i = 0; i < size; i++)
                population[i] += off[Math.Min(i, seen - 1)];
        }

        Exponentiate();
        var draws = new double[Draws][];
        Parallel.For(0, Draws, new ParallelOptions { CancellationToken = cancellation }, index => draws[index] = new SampleSimulation(samples, features, Seed, Guides + index).Logarithms(guess, count));
        double[] debiased = new double[count], deviations = new double[count];
        for (var i = 0; i < count; i++)
        {
            var mean = draws.Average(draw => draw[i]);
            debiased[i] = logs[i] - mean + population[i];
            foreach (var draw in draws)
            {
                draw[i] -= mean;
                deviations[i] += draw[i] * draw[i] / (Draws - 1);
            }

            deviations[i] = Math.Sqrt(deviations[i]);
        }

        return new ModeNoise(debiased, deviations, draws);

        void Exponentiate()
        {
            var last = double.PositiveInfinity;
            for (var i = 0; i < size; i++)
            {
                last = Math.Min(last, population[i]);
                guess[i] = Math.Exp(last - population[0]);
            }

            TailCorrection.Continue(guess, size);
            var scale = Math.Exp(population[0]);
            for (var i = 0; i < features; i++)
                guess[i] *= scale;
        }
    }

    // Local lines in ln i with tricube weights.
    private static double[] Smooth(double[] values)
    {
        var smooth = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            double total = 0, meanU = 0, meanV = 0, squares = 0, products = 0;
            for (var j = 0; j < values.Length; j++)
            {
                var u = Math.Log((j + 1.0) / (i + 1));
                if (Math.Abs(u) >= Bandwidth)
                    continue;
                var w = Math.Pow(1 - Math.Pow(Math.Abs(u) / Bandwidth, 3), 3);
                total += w;
                meanU += w * u;
                meanV += w * values[j];
                squares += w * u * u;
                products += w * u * values[j];
            }

            (meanU, meanV) = (meanU / total, meanV / total);
            var spread = (squares / total) - (meanU * meanU);
            smooth[i] = meanV - (spread > 1e-12 ? ((products / total) - (meanU * meanV)) / spread * meanU : 0);
        }

        return smooth;
    }
}
