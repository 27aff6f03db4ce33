namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// What the noise of SGD adds to the generated variance of a mode, to leading order in η/B (derived). Weights between modes i and j are driven by the gradient noise 4ω²ℓ_i r_j/B per step, with the loss ℓ_i of mode i and r_j = λ_j + σ²,
/// and decay at the rate of column j: E W_ij² ← (1 − 2ηωr_j)² E W_ij² + 4η²ω²ℓ_i r_j/B. Levels share their clean samples, which correlates their weights by (1 − w_i)(1 − w_i′)λ_iλ_j.
/// The sampler is linear in them, A_ij = Σ_σ c_ij(σ) W_ij(σ), and carries the variance of mode j into mode i: Σ_j≠i E A_ij².
/// Of one layer that gives the clean sample, from an aligned start.
/// </summary>
internal static class LeakedVariance
{
    /// <summary>Σ_j≠i E A_ij² after numbers of steps.</summary>
    /// <param name="problem">One layer without a mean.</param>
    /// <param name="sampler">Heun's sampler.</param>
    /// <param name="batch">B.</param>
    /// <param name="mode">i, from 0.</param>
    /// <param name="steps">Numbers of steps, ascending.</param>
    public static double[] Of(DiffusionProblem problem, DiscreteSampler sampler, int batch, int mode, IReadOnlyList<long> steps)
    {
        var sigmas = sampler.Sigmas(problem);
        double[] weights = [.. sampler.Levels(problem).Select(level => 2 * problem.LearningRate * level.Weight)];
        var result = new double[steps.Count];
        for (var other = 0; other < problem.Dimension; other++)
        {
            if (other == mode)
                continue;
            var pair = new Pair(problem.Variances[mode], problem.Variances[other], problem.Gain, sigmas, weights, batch);
            var done = 0L;
            for (var k = 0; k < steps.Count; k++)
            {
                for (; done < steps[k]; done++)
                    pair.Step();
                result[k] += pair.Leak(sampler, problem.SigmaMax);
            }
        }

        return result;
    }

    // One weight W_ij at every level: gains of both modes, and the second moments of the weight between levels.
    private sealed class Pair
    {
        private readonly double own, other, batch;
        private readonly double[] sigmas, rates, gains, others, moments;

        public Pair(double own, double other, double gain, double[] sigmas, double[] rates, int batch)
        {
            (this.own, this.other, this.sigmas, this.rates, this.batch) = (own, other, sigmas, rates, batch);
            (gains, others, moments) = (new double[sigmas.Length], new double[sigmas.Length], new double[sigmas.Length * sigmas.Length]);
            Array.Fill(gains, gain);
            Array.Fill(others, gain);
        }

        public void Step()
        {
            var n = sigmas.Length;
            for (var i = 0; i < n; i++)
            {
                double noise = sigmas[i] * sigmas[i], left = 1 - gains[i], kept = 1 - (rates[i] * (other + noise));
                for (var k = 0; k < n; k++)
                {
                    var drive = i == k
                        ? ((left * left * own) + (gains[i] * gains[i] * noise)) * (other + noise)
                        : left * (1 - gains[k]) * own * other;
                    ref var moment = ref moments[(i * n) + k];
                    moment = (kept * (1 - (rates[k] * (other + (sigmas[k] * sigmas[k])))) * moment) + (rates[i] * rates[k] * drive / batch);
                }
            }

            for (var i = 0; i < n; i++)
            {
                var noise = sigmas[i] * sigmas[i];
                gains[i] -= rates[i] * (((own + noise) * gains[i]) - own);
                others[i] -= rates[i] * (((other + noise) * others[i]) - other);
            }
        }

        public double Leak(DiscreteSampler sampler, double start)
        {
            var n = sigmas.Length;
            var coefficients = new double[n];

            // What follows a step of mode i, from the end backwards.
            var after = new double[n];
            after[n - 1] = sampler.HasLastStep ? gains[n - 1] : 1;
            for (var k = n - 2; k >= 0; k--)
                after[k] = after[k + 1] * Factor(k, gains);
            var before = start;
            for (var k = 0; k + 1 < n; k++)
            {
                double h = sigmas[k + 1] - sigmas[k], part = 0.5 * h * before * after[k + 1];
                coefficients[k] -= part / sigmas[k] * (1 + (h * (1 - gains[k + 1]) / sigmas[k + 1]));
                coefficients[k + 1] -= part / sigmas[k + 1] * (1 + (h * (1 - others[k]) / sigmas[k]));
                before *= Factor(k, others);
            }

            if (sampler.HasLastStep)
                coefficients[n - 1] += before;
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < n; k++)
                    sum += coefficients[i] * coefficients[k] * moments[(i * n) + k];
            }

            return sum;
        }

        private double Factor(int k, double[] of)
        {
            double h = sigmas[k + 1] - sigmas[k], slope = (1 - of[k]) / sigmas[k];
            return 1 + (0.5 * h * (slope + ((1 - of[k + 1]) / sigmas[k + 1] * (1 + (h * slope)))));
        }
    }
}
