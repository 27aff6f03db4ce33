using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Claims about the engines: gradient and polar factor, matrices against blocks, Newton–Schulz.</summary>
internal static class MatrixClaims
{
    private const string Reference = "reference value, computed independently";
    private static readonly string[] Compared = ["loss", "alignment"];
    private static readonly double[] Gradient = [0.2932756829, -0.2976301639, 0.0599014942, 0.0143972287, -0.0166983609, 0.1691225177];
    private static readonly double[] Polar = [0.8058955432, -0.5558172682, 0.4020235137, 0.2608324392, 0.4346371680, 0.7893247767];
    private static readonly double[] Muon = [0.5892584787, -0.4186445176, 0.2828641425, 0.1803816904, 0.2953559800, 0.5619819798];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ReproductionResult { Claims = [.. Units(), .. Blocks(cancellation), .. NewtonSchulz()] };
    }

    private static IEnumerable<Claim> Units()
    {
        var system = MatrixSystem.Of(new SpectralDescentProblem
        {
            Covariance = InputCovariance.PowerLaw(3, 1),
            Teacher = TeacherDirection.Ramp(),
            Start = WeightStart.FromValues(Enumerable.Range(0, 6).Select(k => 0.5 * Math.Cos(1 + (k / 2) + (2 * (k % 2)))), 2),
        });
        var loss = new MatrixEngine(system, new PopulationGradient(system), UpdateRule.GradientDescent, LearningRateSchedule.Constant(1, 1)).Observe().Loss;
        var gradient = new double[6];
        new PopulationGradient(system).Fill(system.Start, 0, gradient);
        yield return Claim.Relative("unit-loss", "loss of the test matrix (d = 3, m = 2, q_j = 1/j)", 0.1233750012, loss, 1e-9, Reference, "population loss").At("d", 3);
        yield return Entries("unit-gradient", "gradient of the test matrix", gradient, Gradient, 1e-9);
        yield return Entries("unit-polar", "polar factor of that gradient", Apply(new PolarDirection()), Polar, 1e-9);
        yield return Entries("unit-newton-schulz", "five Newton–Schulz iterations of that gradient", Apply(new NewtonSchulzDirection()), Muon, 1e-6);

        double[] Apply(Direction direction)
        {
            var result = new double[6];
            direction.Matrices(3, 2).Apply(gradient, result);
            return result;
        }
    }

    private static Claim Entries(string id, string statement, double[] measured, double[] expected, double tolerance) => Claim.Absolute(
        id, $"{statement}: entries", 0, measured.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), tolerance, Reference, "largest difference between entries").At("d", 3);

    private static IEnumerable<Claim> Blocks(CancellationToken cancellation)
    {
        var problem = Runs.Spiked(12, 9, 0.00137);
        var rotated = problem with { Start = WeightStart.Orthogonal(0.00137, 4) };
        long[] steps = Runs.Every(150, 5);
        foreach (var (name, rule, rate, tolerance) in new[] { ("gradient descent", UpdateRule.GradientDescent, 0.02, 1e-10), ("spectral descent", UpdateRule.Spectral, 0.0071, 0.0071 * 12) })
        {
            var blocks = problem.Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = steps }, null, cancellation);
            foreach (var (start, given) in new[] { ("identity", problem), ("orthogonal", rotated) })
            {
                var full = given.Solve(new MatrixRecursion { Rule = rule, LearningRate = rate, AtSteps = steps }, null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                yield return Claim.Absolute(
                    $"blocks-{rule.Direction.GetType().Name[..5].ToLowerInvariant()}-{start}", $"blocks are exact for {name} from a start α {(start is "identity" ? "I" : "O")} (d = 12, λ = 9, η = {DisplayNumber.Of(rate)})", 0,
                    Compared.Max(column => full[column].Zip(blocks[column], (a, b) => Math.Abs(a - b)).Max()), tolerance, DescentCurves.Derived,
                    "largest difference in L and A_F between the whole matrix and the blocks over 150 steps" + (rule.Direction.IsSignLike ? "; tolerance ηd, since degenerate directions may chatter apart" : "")).UpTo(steps[^1], "k").At("d", 12);
            }
        }
    }

    private static IEnumerable<Claim> NewtonSchulz()
    {
        var muon = new NewtonSchulzDirection();
        double[] landed = [.. Enumerable.Range(0, 20_001).Select(k => muon.Polynomial(0.0035 * Math.Pow(1 / 0.0035, k / 20_000.0)))];
        yield return Claim.Absolute("newton-schulz-lower", "Muon's five iterations land above 0.68 for singular values above 0.0035 of the norm", 0.68, landed.Min(), 0.02, "Muon's coefficients", "smallest over 20 001 values", PredictionKind.Heuristic).Over("singular values from 0.0035 of the norm");
        yield return Claim.Absolute("newton-schulz-upper", "and below 1.20", 1.20, landed.Max(), 0.02, "Muon's coefficients", "largest over 20 001 values", PredictionKind.Heuristic).Over("singular values from 0.0035 of the norm");
        yield return Claim.Absolute("newton-schulz-small", "small singular values stay suppressed: 0.001 lands at 0.471", 0.471, muon.Polynomial(0.001), 5e-4, Reference, "the polynomial");
        var cubic = new NewtonSchulzDirection { Coefficients = NewtonSchulzCoefficients.Cubic, Iterations = 30 };
        yield return Claim.Absolute("newton-schulz-cubic", "thirty cubic iterations reach the polar factor for singular values above 0.01 of the norm", 0, Enumerable.Range(0, 1001).Max(k => Math.Abs(1 - cubic.Polynomial(0.01 * Math.Pow(100, k / 1000.0)))), 1e-11, "derived (docs/systems/spectral-descent.md)", "largest deviation from 1").Over("singular values from 0.01 of the norm");
    }
}
