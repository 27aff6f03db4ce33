using Eigenflow.Numerics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// What the gradients of a path say: the step size η that turns them into steps by least squares, Δ = −ηg + rest, and the Hessian of g = H(θ − m) + noise. Gradients that do not move the parameters are not believed.
/// </summary>
internal sealed class PathGradients
{
    // Standard errors by which the step size must be positive.
    private const double LeastErrors = 4;

    private readonly int dimension;
    private readonly double rate;
    private readonly double[] rateWithout;
    private readonly Matrix<double> hessian;
    private readonly Matrix<double>[] hessianWithout;
    private readonly double share;
    private readonly double shareOfNext;

    /// <param name="path">A path with gradients.</param>
    /// <param name="deviations">Its parameters, shifted.</param>
    /// <param name="blocks">Blocks that are left out in turn.</param>
    public PathGradients(ParameterPath path, double[] deviations, int blocks)
    {
        dimension = path.Dimension;
        var (d, n) = (path.Dimension, path.Steps);
        var parts = Enumerable.Range(0, blocks).Select(_ => new GradientSums(d)).ToArray();
        for (var t = 0; t < n; t++)
        {
            parts[(int)((long)t * blocks / n)].Add(
                path.Gradients.AsSpan(t * d, d), path.Gradients.AsSpan((t + 1) * d, d), deviations.AsSpan(t * d, d), deviations.AsSpan((t + 1) * d, d));
        }

        var all = new GradientSums(d);
        foreach (var part in parts)
            all.Add(part, 1);
        GradientSums[] without = [.. parts.Select(part => all.Without(part))];
        (rate, rateWithout) = (all.Rate, [.. without.Select(sums => sums.Rate)]);
        (hessian, hessianWithout) = (all.Hessian, [.. without.Select(sums => sums.Hessian)]);
        (share, shareOfNext) = (all.Share, all.ShareOfNext);
    }

    private double RateError => Jackknife.Error(rateWithout);

    // Between a half and all of the steps is what plain SGD leaves; thermal noise can hide most of them.
    private bool MovesParameters => rate > 0 && (share > 0.5 || rate > LeastErrors * RateError);

    /// <summary>The estimates, or nothing where the gradients do not move the parameters.</summary>
    public IEnumerable<(string Name, string Symbol, double Value, double[] Without, string Meaning)> Numbers(int columns)
    {
        yield return ("gradient-share", "R²", share, [], "Share of the squared steps that the gradients of the same rows explain.");
        if (!MovesParameters)
            yield break;
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            yield return ($"hessian-{i}{j}", $"H_{i}{j}", Symmetric(hessian, i, j), [.. hessianWithout.Select(one => Symmetric(one, i, j))], "Hessian by regression of the gradients on the parameters.");
        yield return ("learning-rate-estimate", "η", rate, rateWithout, "Step size that turns the gradients into the steps, by least squares.");
    }

    /// <summary>What is to be known, one line each.</summary>
    public IEnumerable<string> Warnings()
    {
        if (!MovesParameters)
        {
            var reason = shareOfNext > Math.Max(0.5, 2 * share) ? "those of the row after do: log a gradient with the parameters that it was taken at, before the step"
                : rate < 0 && share > 0.5 ? "they have the other sign: give the gradient of the loss, not the step"
                : "are they the gradients of the steps, in the order of the parameters?";
            yield return DisplayText.Plain($"the gradients of the rows do not make the steps that follow (step size {rate:G3}, R² {share:G2}), so neither a Hessian nor a learning rate is given; {reason}");
        }
        else if (dimension > 0 && share < 0.5)
        {
            yield return FormattableString.Invariant($"the gradients explain {100 * share:0.#} % of the squared steps: the rest is noise that was added, momentum, or steps between the rows");
        }
    }

    private static double Symmetric(Matrix<double> matrix, int i, int j) => (matrix[i - 1, j - 1] + matrix[j - 1, i - 1]) / 2;

    // Sums over steps of gradients g, positions x and steps Δ.
    private sealed class GradientSums(int dimension)
    {
        private readonly double[] totals = new double[6];
        private Vector<double> gradients = Vector<double>.Build.Dense(dimension);
        private Vector<double> positions = Vector<double>.Build.Dense(dimension);
        private Matrix<double> squares = Matrix<double>.Build.Dense(dimension, dimension);
        private Matrix<double> products = Matrix<double>.Build.Dense(dimension, dimension);

        public double Rate => totals[2] > 0 ? -totals[1] / totals[2] : double.NaN;

        /// <summary>1 − min Σ|Δ + ηg|²/Σ|Δ|².</summary>
        public double Share => ShareOf(totals[1], totals[2]);

        public double ShareOfNext => ShareOf(totals[3], totals[4]);

        public Matrix<double> Hessian
        {
            get
            {
                var (n, g, x) = (totals[0], gradients / totals[0], positions / totals[0]);
                return ((squares / n) - x.OuterProduct(x)).Solve(((products / n) - g.OuterProduct(x)).Transpose()).Transpose();
            }
        }

        public void Add(ReadOnlySpan<double> gradient, ReadOnlySpan<double> gradientNext, ReadOnlySpan<double> before, ReadOnlySpan<double> after)
        {
            totals[0]++;
            for (var i = 0; i < dimension; i++)
            {
                var change = after[i] - before[i];
                totals[1] += change * gradient[i];
                totals[2] += gradient[i] * gradient[i];
                totals[3] += change * gradientNext[i];
                totals[4] += gradientNext[i] * gradientNext[i];
                totals[5] += change * change;
                gradients[i] += gradient[i];
                positions[i] += before[i];
                for (var j = 0; j < dimension; j++)
                {
                    squares[i, j] += before[i] * before[j];
                    products[i, j] += gradient[i] * before[j];
                }
            }
        }

        public void Add(GradientSums other, double factor)
        {
            for (var k = 0; k < totals.Length; k++)
                totals[k] += factor * other.totals[k];
            gradients += factor * other.gradients;
            positions += factor * other.positions;
            squares += factor * other.squares;
            products += factor * other.products;
        }

        public GradientSums Without(GradientSums part)
        {
            var rest = new GradientSums(dimension);
            rest.Add(this, 1);
            rest.Add(part, -1);
            return rest;
        }

        private double ShareOf(double product, double square) => square > 0 && totals[5] > 0 ? product / square * (product / totals[5]) : 0;
    }
}
