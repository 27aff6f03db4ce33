using Eigenflow.Figures;
using Eigenflow.Numerics.FokkerPlanck;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 3: the probability current on the stationary density by the Ornstein–Uhlenbeck law, by the Fokker–Planck equation with the diffusion of every point, and in chains.</summary>
internal static class CurrentFigure
{
    private const double Rate = 5e-3;
    private const int Cells = 96;
    private const int Bins = 25;
    private const double Extent = 3;
    private const double GridDeviations = 6;
    private const int Blocks = 32;
    private const int ChainsOfBlock = 128;
    private const int BurnIn = 300;
    private const int Steps = 16_000;
    private const double FewestVisits = 16_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Reference with { LearningRate = Rate };
        var theory = problem.Theory(SamplingScheme.WithReplacement, Rate);
        var law = theory.Leading;
        double sx = Math.Sqrt(law.Covariance[0, 0]), sy = Math.Sqrt(law.Covariance[1, 1]);
        double[] x = Axis(sx), y = Axis(sy);
        var rotation = -law.Circulation * law.Covariance.Inverse();
        var plane = Solve(theory, sx, sy);
        progress?.Report(new Progress(0.2, "running chains"));
        var measured = Measure(problem, sx, sy, progress, cancellation);
        var inverse = law.Covariance.Inverse();
        var norm = 1 / (2 * Math.PI * Math.Sqrt(law.Covariance.Determinant()));
        double Density(double u, double v) => norm * Math.Exp(-0.5 * ((inverse[0, 0] * u * u) + (2 * inverse[0, 1] * u * v) + (inverse[1, 1] * v * v)));
        var largest = norm;
        (double[] H, double[] V) Field(Func<int, int, (double X, double Y)> at)
        {
            double[] h = new double[Bins * Bins], v = new double[Bins * Bins];
            for (var j = 0; j < Bins; j++)
            {
                for (var i = 0; i < Bins; i++)
                    (h[(j * Bins) + i], v[(j * Bins) + i]) = at(i, j);
            }

            return (h, v);
        }

        Panel Panel(string title, double[] density, (double[] H, double[] V) field) => new()
        {
            Title = title,
            X = new Axis("δ_{1}", false, -Extent * sx, Extent * sx),
            Y = new Axis("δ_{2}", false, -Extent * sy, Extent * sy),
            HeatMap = new HeatMap { Label = "density", X = x, Y = y, Values = density, Minimum = 0, Maximum = largest },
            Field = new VectorField { Label = "velocity v", X = x, Y = y, HorizontalParts = field.H, VerticalParts = field.V },
            Series = [],
        };

        var own = Field((i, j) => Velocity(rotation, x[i], y[j]));
        var solved = Field((i, j) => (Sampled(plane, x[i], y[j]).Vx, Sampled(plane, x[i], y[j]).Vy));
        var seen = Field((i, j) => measured.Velocity(i, j));
        double[] Map(Func<int, int, double> at) => [.. Enumerable.Range(0, Bins * Bins).Select(k => at(k % Bins, k / Bins))];
        var turning = -theory.Exact.Circulation * theory.Exact.Covariance.Inverse();
        var (slope, half) = Regression(Field((i, j) => Velocity(turning, x[i], y[j])), seen, measured);
        var state = WithSpread(theory);
        var fine = Pure();
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("velocity", DisplayText.Of($"the velocity of probability in chains is −CΣ^{{−1}}δ of the exact moments (η = {Rate:G2})"), 1, slope, 0.05, Paper, $"coefficient of the velocities ½⟨δ_{{t+1}} − δ_{{t−1}}⟩ of {measured.Count} cells on −CΣ^{{−1}}δ, weighted by visits; {Blocks * ChainsOfBlock} chains of {Steps} steps, seed 31", PredictionKind.Asymptotic, half).At("chains", Blocks * ChainsOfBlock),
                Claim.Relative("fokker-planck-circulation", "the stationary Fokker–Planck equation has the circulation (η/2)(HΣ − ΣH) (two modes, 128 × 128 cells)", 1.0 / 60_000, fine.Circulation(), 0.01, Paper, "½∫(δ_{1}J_{2} − δ_{2}J_{1}) of the solution", PredictionKind.Exact),
                Claim.Relative("fokker-planck-covariance", "the stationary Fokker–Planck equation has the covariance Σ_{12} of HΣ + ΣH = (2/η)D (two modes, 128 × 128 cells)", 1.0 / 300, fine.Moments().Xy, 0.005, Paper, "Σ_{12} of the solution, which the grid bears on", PredictionKind.Exact),
                Claim.Relative("fokker-planck-state", DisplayText.Of($"with the diffusion of every point its Σ_{{11}} is that of HΣ + ΣH = ηc_B(Γ + spread of the H_i) (six rows, η = {Rate:G2})"), state[0, 0], plane.Moments().Xx, 0.01, Derived, DisplayText.Of($"{Cells} × {Cells} cells; without the spread it would be {law.Covariance[0, 0]:G4}"), PredictionKind.Exact),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"Probability goes round the minimum: chains show {DisplayNumber.WithInterval(slope, half)} of the predicted velocity",
                    Caption = DisplayText.Of($"Streamlines of the velocity v = J/P on the stationary density. (a) Ornstein–Uhlenbeck law, v = −CΣ^{{−1}}δ. (b) Stationary Fokker–Planck equation with D(θ) of every point on {Cells} × {Cells} cells; densities below zero reach {plane.NegativePart:G2} of the largest. (c) Mean of ½(δ_{{t+1}} − δ_{{t−1}}) of {Blocks * ChainsOfBlock} chains over {Steps} steps, where a cell was visited {FewestVisits:0} times. Linear regression on six rows without randomness, B = 2, η = {Rate:G2}."),
                    Panels =
                    [
                        Panel("Ornstein–Uhlenbeck law", Map((i, j) => Density(x[i], y[j])), own),
                        Panel("Fokker–Planck equation", Map((i, j) => Sampled(plane, x[i], y[j]).Density), solved),
                        Panel("chains", Map((i, j) => measured.Density(i, j)), seen),
                    ],
                },
            ],
        };
    }

    private static double[] Axis(double deviation) => [.. Enumerable.Range(0, Bins).Select(k => (((k + 0.5) / Bins * 2) - 1) * Extent * deviation)];

    private static (double X, double Y) Velocity(Matrix<double> rotation, double x, double y) => ((rotation[0, 0] * x) + (rotation[0, 1] * y), (rotation[1, 0] * x) + (rotation[1, 1] * y));

    private static StationaryPlane Pure()
    {
        double x = GridDeviations * Math.Sqrt(0.005), y = GridDeviations * Math.Sqrt(0.01);
        return StationaryPlane.Solve(new PlanarDiffusion((u, v) => (-0.02 * u, -0.01 * v), (_, _) => (1e-4, 0.5e-4, 1e-4)), new PlanarGrid(-x, x, -y, y, 128, 128));
    }

    // η(HΣ + ΣH) = 2⟨D(δ)⟩ with the mean of a quadratic D.
    private static Matrix<double> WithSpread(SchemeTheory theory)
    {
        var expansion = theory.Expansion;
        var basis = new EigenBasis(expansion.Hessian);
        Matrix<double> Divided(Matrix<double> q) => basis.Divide(q * (Rate * expansion.BatchFactor), (h, other) => h + other);
        return MomentEquation.Solve(Divided(expansion.Covariance), sigma => Divided(expansion.Spread(sigma))) ?? throw new InvalidOperationException("No stationary state.");
    }

    // Γ at every point: gradients of a quadratic loss are linear in δ.
    private static StationaryPlane Solve(SchemeTheory theory, double sx, double sy)
    {
        var (expansion, h) = (theory.Expansion, theory.Expansion.Hessian);
        var factor = Rate * Rate / 2 * expansion.BatchFactor / expansion.Samples;
        (double, double, double) Diffusion(double x, double y)
        {
            double xx = 0, xy = 0, yy = 0, gx = (h[0, 0] * x) + (h[0, 1] * y), gy = (h[1, 0] * x) + (h[1, 1] * y);
            for (var i = 0; i < expansion.Samples; i++)
            {
                var own = expansion.Hessians.AsSpan(4 * i, 4);
                double u = expansion.Gradients[2 * i] + (own[0] * x) + (own[1] * y) - gx, v = expansion.Gradients[(2 * i) + 1] + (own[2] * x) + (own[3] * y) - gy;
                xx += u * u;
                xy += u * v;
                yy += v * v;
            }

            return (factor * xx, factor * xy, factor * yy);
        }

        var process = new PlanarDiffusion((x, y) => (-Rate * ((h[0, 0] * x) + (h[0, 1] * y)), -Rate * ((h[1, 0] * x) + (h[1, 1] * y))), Diffusion);
        return StationaryPlane.Solve(process, new PlanarGrid(-GridDeviations * sx, GridDeviations * sx, -GridDeviations * sy, GridDeviations * sy, Cells, Cells));
    }

    private static (double Density, double Vx, double Vy) Sampled(StationaryPlane plane, double x, double y)
    {
        var (i, j) = ((int)((x - plane.Grid.FromX) / plane.Grid.StepX), (int)((y - plane.Grid.FromY) / plane.Grid.StepY));
        var density = plane.Density[(j * plane.Grid.CellsX) + i];
        var (jx, jy) = plane.Current(i, j);

        // The scheme is not monotone: far out densities can be negative, and have no velocity.
        return density > 0 ? (density, jx / density, jy / density) : (0, double.NaN, double.NaN);
    }

    private static Visits Measure(EquilibriumProblem problem, double sx, double sy, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var plan = new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Blocks * ChainsOfBlock, Steps = BurnIn + Steps, BurnIn = BurnIn + Steps, Seed = 31 }.Plan(problem) with { Chains = ChainsOfBlock };
        var visits = new Visits(Bins, 2 * Extent * sx / Bins, 2 * Extent * sy / Bins);
        for (var block = 0; block < Blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(0.2 + (0.8 * block / Blocks), "running chains"));
            var chains = new ChainBlock(plan, block);
            chains.Advance(BurnIn);
            double[] before = chains.State.ToArray(), now;
            chains.Advance(1);
            now = chains.State.ToArray();
            for (var step = 0; step < Steps; step++)
            {
                chains.Advance(1);
                visits.Add(before, now, chains.State);
                (before, now) = (now, before);
                chains.State.CopyTo(now);
            }
        }

        return visits;
    }

    private static (double Slope, double Half) Regression((double[] H, double[] V) theory, (double[] H, double[] V) seen, Visits visits)
    {
        double top = 0, bottom = 0, rest = 0;
        for (var round = 0; round < 2; round++)
        {
            var slope = round == 0 ? 0 : top / bottom;
            for (var k = 0; k < theory.H.Length; k++)
            {
                var count = visits.CountOf(k % Bins, k / Bins);
                if (double.IsNaN(seen.H[k]))
                    continue;
                foreach (var (predicted, value) in ((double, double)[])[(theory.H[k], seen.H[k]), (theory.V[k], seen.V[k])])
                {
                    if (round == 0)
                        (top, bottom) = (top + (count * predicted * value), bottom + (count * predicted * predicted));
                    else
                        rest += Math.Pow(count * predicted * (value - (slope * predicted)), 2);
                }
            }
        }

        return (top / bottom, Normal95 * Math.Sqrt(rest) / bottom);
    }

    /// <summary>Visits of cells, and where chains came from and went to.</summary>
    private sealed class Visits(int bins, double width, double height)
    {
        private readonly double[] counts = new double[bins * bins], x = new double[bins * bins], y = new double[bins * bins];
        private double all;

        /// <summary>Cells with enough visits.</summary>
        public int Count => counts.Count(count => count >= FewestVisits);

        public double CountOf(int i, int j) => counts[(j * bins) + i];

        public void Add(ReadOnlySpan<double> before, ReadOnlySpan<double> now, ReadOnlySpan<double> after)
        {
            const int Lanes = GradientKernel.Lanes;
            for (var group = 0; group < now.Length; group += 2 * Lanes)
            {
                for (var lane = group; lane < group + Lanes; lane++)
                {
                    all++;
                    int i = (int)Math.Floor((now[lane] / width) + (bins / 2.0)), j = (int)Math.Floor((now[lane + Lanes] / height) + (bins / 2.0));
                    if (i < 0 || j < 0 || i >= bins || j >= bins)
                        continue;
                    var cell = (j * bins) + i;
                    counts[cell]++;
                    x[cell] += 0.5 * (after[lane] - before[lane]);
                    y[cell] += 0.5 * (after[lane + Lanes] - before[lane + Lanes]);
                }
            }
        }

        public double Density(int i, int j) => CountOf(i, j) / (all * width * height);

        public (double X, double Y) Velocity(int i, int j) => CountOf(i, j) < FewestVisits ? (double.NaN, double.NaN) : (x[(j * bins) + i] / CountOf(i, j), y[(j * bins) + i] / CountOf(i, j));
    }
}
