namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The spectrum whose samples look like the measured one: a sample of n rows spreads its eigenvalues, the largest up and the smallest down, by a relative amount of order i/n, and by factors where i is comparable to n.
/// <para>Method (iterated bias correction by simulation): spectra of Gaussian samples of the same n and d are simulated for the present guess τ, and τ_i is multiplied by the ratio of the measured eigenvalue to the geometric
/// mean of the simulated ones, until they agree within the scatter of the simulations. The random numbers stay the same, so that the iteration is a fixed point and the result follows from the seed.</para>
/// <para>It assumes rows that are independent, with fourth moments like Gaussian ones. Beyond n modes a sample says nothing: there τ continues the local exponent of the second half of the modes below n.</para>
/// Work per iteration: simulations · min(n, d)³ (n² d where n &lt; d).
/// </summary>
internal static class TailCorrection
{
    /// <summary>Largest min(n, d) that is corrected.</summary>
    public const int LargestSize = 512;

    private const int Simulations = 4;
    private const int Iterations = 25;

    /// <summary>The corrected eigenvalues.</summary>
    /// <param name="eigenvalues">The measured min(n, d) eigenvalues, descending and positive.</param>
    /// <param name="samples">n; degrees of freedom are n − 1 where the mean was subtracted.</param>
    /// <param name="features">d.</param>
    /// <param name="seed">Seed of the simulations.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static CorrectedSpectrum Of(double[] eigenvalues, long samples, int features, ulong seed, CancellationToken cancellation)
    {
        var count = eigenvalues.Length;
        var simulations = Enumerable.Range(0, Simulations).Select(index => new SampleSimulation(samples, features, seed, index)).ToArray();
        double[] guess = new double[features], best = [];
        eigenvalues.CopyTo(guess, 0);
        Continue(guess, count);
        var smallest = double.PositiveInfinity;
        var done = 0;
        for (; done < Iterations; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[][] logs = new double[Simulations][];
            Parallel.For(0, Simulations, index => logs[index] = simulations[index].Logarithms(guess, count));
            double misfit = 0, scatter = 0;
            var ratios = new double[count];
            for (var i = 0; i < count; i++)
            {
                var mean = logs.Average(log => log[i]);
                ratios[i] = Math.Log(eigenvalues[i]) - mean;
                misfit += ratios[i] * ratios[i];
                scatter += logs.Sum(log => (log[i] - mean) * (log[i] - mean)) / (Simulations - 1);
            }

            if (misfit < smallest)
                (smallest, best) = (misfit, (double[])guess.Clone());

            // More would fit the measurement's own scatter.
            if (misfit <= scatter)
                break;
            for (var i = 0; i < count; i++)
                guess[i] *= Math.Exp(ratios[i]);
            Array.Sort(guess, 0, count);
            Array.Reverse(guess, 0, count);
            Continue(guess, count);
        }

        return new CorrectedSpectrum(best, done, Math.Sqrt(smallest / count));
    }

    /// <summary>Continues the first count modes by the exponent of their second half.</summary>
    public static void Continue(double[] guess, int count)
    {
        if (guess.Length == count)
            return;
        var from = count / 2;
        var exponent = Math.Min(0, Math.Log(guess[count - 1] / guess[from]) / Math.Log((double)count / (from + 1)));

        // The last modes of a sample of fewer rows than columns hang down by themselves.
        for (var i = count; i < guess.Length; i++)
            guess[i] = guess[count - 1] * Math.Pow((i + 1.0) / count, exponent);
    }
}

/// <summary>A spectrum corrected for the size of its sample.</summary>
/// <param name="Eigenvalues">d eigenvalues; those beyond min(n, d) continue the local exponent.</param>
/// <param name="Iterations">Iterations that were done.</param>
/// <param name="Misfit">Root mean square of ln(measured/simulated) that is left.</param>
internal sealed record CorrectedSpectrum(double[] Eigenvalues, int Iterations, double Misfit);
