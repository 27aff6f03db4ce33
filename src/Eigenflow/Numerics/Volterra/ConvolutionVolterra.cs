using MathNet.Numerics.Integration;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Numerics.Volterra;

/// <summary>
/// The linear Volterra equation of the second kind with a convolution kernel, u(t) = a(t) + ∫₀ᵗ K(t − τ) u(τ) dτ on [0, T].
/// Collocation at twelve Gauss points of panels of one width, which begin at zero: what is said of a time depends on the panels up to it only, and not on T. On each panel the equation is
/// tested between the points and at the ends; where it does not hold to the tolerance, all panels are halved.
/// Work about 300 P evaluations of K, 25 P of a and 150 P² multiply–adds for P panels; memory the same.
/// </summary>
public static class ConvolutionVolterra
{
    internal const int Points = 12;
    private const int LargestPanels = 1 << 14;
    private const int MostHalvings = 8;

    /// <summary>Solves.</summary>
    /// <param name="free">a(t).</param>
    /// <param name="kernel">K(t), smooth on [0, T].</param>
    /// <param name="end">T &gt; 0.</param>
    /// <param name="width">Width of the panels to begin with, &gt; 0: a time in which a, K and u change by about a factor e.</param>
    /// <param name="relativeTolerance">Largest residual between the points, relative to the largest |u| up to that panel, 1e-13 to 0.1.</param>
    /// <returns>The solution on whole panels, the last of which ends at T or beyond, and whether the tolerance was reached.</returns>
    /// <exception cref="ParameterException">A range or width that is not positive, or more than 16384 panels.</exception>
    public static VolterraSolution Solve(Func<double, double> free, Func<double, double> kernel, double end, double width, double relativeTolerance)
    {
        if (!(end > 0) || !double.IsFinite(end))
            throw new ParameterException("end", end, "a finite time > 0");
        if (!(width > 0) || !(end / width <= LargestPanels))
            throw new ParameterException("width", width, DisplayText.Plain($"a panel > 0 and at least {end / LargestPanels:G4}, a {LargestPanels}th of the range"));
        for (var halving = 0; ; halving++, width /= 2)
        {
            var solution = new Collocation(free, kernel, width).March(end, relativeTolerance);
            if (solution.IsConverged || halving == MostHalvings || end / width > LargestPanels / 2)
                return solution;
        }
    }

    // Nodes and tests on a panel, relative to its width.
    private sealed class Collocation
    {
        private readonly Func<double, double> free;
        private readonly Func<double, double> kernel;
        private readonly double width;
        private readonly double[] nodes = VolterraSolution.Nodes;
        private readonly double[] tests = new double[Points + 1];

        public Collocation(Func<double, double> free, Func<double, double> kernel, double width)
        {
            (this.free, this.kernel, this.width) = (free, kernel, width);
            for (var k = 0; k <= Points; k++)
                tests[k] = k == 0 ? 0 : k == Points ? 1 : (nodes[k - 1] + nodes[k]) / 2;
        }

        public VolterraSolution March(double end, double tolerance)
        {
            var panels = Math.Max(1, (int)Math.Ceiling(end / width * (1 - 1e-12)));
            var values = new double[panels * Points];
            var (atNodes, atTests) = (Within(nodes), Within(tests));
            var system = Matrix<double>.Build.Dense(Points, Points, (p, q) => (p == q ? 1 : 0) - atNodes[p][q]).LU();
            var (fromNodes, fromTests) = (new List<double[][]>(), new List<double[][]>());
            double largest = 0, worst = 0;
            for (var panel = 0; panel < panels; panel++)
            {
                if (panel > 0)
                {
                    fromNodes.Add(Before(nodes, panel));
                    fromTests.Add(Before(tests, panel));
                }

                var u = values.AsSpan(panel * Points, Points);
                system.Solve(Vector<double>.Build.Dense(Right(nodes, fromNodes, panel, values))).AsArray().CopyTo(u);
                foreach (var value in u)
                    largest = Math.Max(largest, Math.Abs(value));
                var right = Right(tests, fromTests, panel, values);
                for (var k = 0; k < tests.Length; k++)
                {
                    var residual = right[k] + Dot(atTests[k], u) - Dot(VolterraSolution.Basis(tests[k]), u);
                    worst = Math.Max(worst, residual == 0 ? 0 : Math.Abs(residual) / Math.Max(largest, double.Epsilon));
                }

                if (double.IsNaN(worst) || !double.IsFinite(largest))
                    worst = double.PositiveInfinity;
            }

            return new VolterraSolution(width, values, worst <= tolerance, worst);
        }

        // ∫₀^z K(z − τ) ℓ_q(τ) dτ within a panel.
        private double[][] Within(double[] places)
        {
            var rule = new GaussLegendreRule(0, 1, Points);
            return [.. places.Select(place =>
            {
                var row = new double[Points];
                for (var g = 0; g < Points; g++)
                {
                    var at = place * rule.GetAbscissa(g);
                    var weight = width * place * rule.GetWeight(g) * kernel(width * (place - at));
                    var basis = VolterraSolution.Basis(at);
                    for (var q = 0; q < Points; q++)
                        row[q] += weight * basis[q];
                }

                return row;
            })];
        }

        // The same over the whole panel that lies so many panels before.
        private double[][] Before(double[] places, int distance)
        {
            var rule = new GaussLegendreRule(0, 1, Points);
            return [.. places.Select(place => Enumerable.Range(0, Points).Select(q => width * rule.GetWeight(q) * kernel(width * (distance + place - nodes[q]))).ToArray())];
        }

        // a and the panels before.
        private double[] Right(double[] places, List<double[][]> from, int panel, double[] values) =>
        [
            .. places.Select((place, k) =>
            {
                var sum = free(width * (panel + place));
                for (var distance = panel; distance >= 1; distance--)
                    sum += Dot(from[distance - 1][k], values.AsSpan((panel - distance) * Points, Points));
                return sum;
            }),
        ];

        private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
        {
            var sum = 0.0;
            for (var q = 0; q < first.Length; q++)
                sum += first[q] * second[q];
            return sum;
        }
    }
}
