using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;
using Eigenflow.Systems.MultiClassSgd.Kernels;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>What may not change a learning curve.</summary>
public sealed class InvariantTests
{
    private static readonly double[] Times = [0.5, 3, 20];

    [Fact]
    public void BlocksAreTheFullModes()
    {
        foreach (var loss in (ClassLoss[])[Cases.Logistic, Cases.LeastSquares, new OneHotLoss()])
        {
            var problem = Cases.TwoClasses(loss, 0.3, ClassSpectrum.ZeroOne(0.4), ClassSpectrum.Identity, MeanProfile.Gaussian(3), 60);
            var (full, merged) = (Cases.Theory(problem, 0.6, Times), Cases.Theory(problem, 0.6, Times, ModeRepresentation.Blocks));
            merged.Statistics.StateSize.ShouldBeLessThan(20);
            AreEqual(merged, full, 1e-8);
        }
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1.1, 1.5, 0.5)]
    [InlineData(3, 4, 0.25)]
    [InlineData(0, 8, -0.2)]
    public void CompressedModesAreTheFullOnes(double first, double second, double profile)
    {
        var problem = Cases.TwoClasses(Cases.Logistic, 0.4, ClassSpectrum.PowerLaw(first), ClassSpectrum.PowerLaw(second), MeanProfile.PowerOf(profile), 3000);
        double[] times = [1, 30, 1e3];
        var (full, compressed) = (Cases.Theory(problem, 0.7, times), Cases.Theory(problem, 0.7, times, ModeRepresentation.Compressed));
        compressed.Statistics.StateSize.ShouldBeLessThan(full.Statistics.StateSize / 4);
        AreEqual(compressed, full, 1e-7);
    }

    [Fact]
    public void TheOrderOfModesAndClassesDoesNotMatter()
    {
        var problem = Cases.Asymmetric(Cases.Logistic);
        var modes = problem.Modes(ModeRepresentation.Full);
        int[] order = [.. Enumerable.Range(0, 50).OrderBy(k => (k * 17) % 50)];
        var shuffled = problem with
        {
            Classes =
            [
                new MixtureClass(0.7, MeanProfile.Of([.. order.Select(k => -modes.Means[1][k])]), ClassSpectrum.Of([.. order.Select(k => modes.Spectra[1][k])])) { Label = -1 },
                new MixtureClass(0.3, MeanProfile.Of([.. order.Select(k => modes.Means[0][k])]), ClassSpectrum.Of([.. order.Select(k => modes.Spectra[0][k])])),
            ],
        };
        var (first, second) = (Cases.Theory(problem, 0.9, Times), Cases.Theory(shuffled, 0.9, Times));
        for (var row = 0; row < Times.Length; row++)
        {
            second["risk"][row].ShouldBe(first["risk"][row], 1e-9);
            second["m2"][row].ShouldBe(first["m1"][row], 1e-9);
            second["b11"][row].ShouldBe(first["b22"][row], 1e-9);
            second["clean-share"][row].ShouldBe(first["clean-share"][row], 1e-9);
        }
    }

    [Fact]
    public void IdenticalClassesAreOne()
    {
        var one = new MultiClassProblem { Dimension = 40, Classes = [new MixtureClass(1, MeanProfile.Flat, ClassSpectrum.PowerLaw(1))] };
        var two = one with { Classes = [new MixtureClass(0.25, MeanProfile.Flat, ClassSpectrum.PowerLaw(1)), new MixtureClass(0.75, MeanProfile.Flat, ClassSpectrum.PowerLaw(1)) { MeanSize = -1, Label = -1 }] };
        two.Modes(ModeRepresentation.Full).Classes.ShouldBe(1);
        var (first, second) = (Cases.Theory(one, 0.7, Times), Cases.Theory(two, 0.7, Times));
        for (var row = 0; row < Times.Length; row++)
            second["risk"][row].ShouldBe(first["risk"][row]);
        two.Solve(new OnlineSgd { Replicas = 2, Until = 1, Points = 3 })["risk"].ShouldBe(one.Solve(new OnlineSgd { Replicas = 2, Until = 1, Points = 3 })["risk"]);
    }

    // Large batches take the noise away: v stays 0 and B is that of the mean weights.
    [Fact]
    public void BatchesDivideTheNoise()
    {
        var problem = Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.Identity);
        double NoiseOf(int batch) => problem.Solve(new MultiClassTheory { Batch = batch, Times = [5], RelativeTolerance = 1e-10 })["b11"][0] - (problem.Solve(new MultiClassTheory { Batch = 1_000_000_000, Times = [5], RelativeTolerance = 1e-10 })["b11"][0]);
        NoiseOf(1_000_000).ShouldBe(NoiseOf(100_000) / 10, 2e-2 * NoiseOf(1_000_000));
    }

    // Two softmax outputs are one logistic output of twice the rate: their difference sees both gradients.
    [Fact]
    public void TwoSoftmaxOutputsAreOneLogistic()
    {
        var softmax = Cases.Theory(Cases.TwoClasses(new SoftmaxLoss(), 0.4, ClassSpectrum.PowerLaw(1), ClassSpectrum.PowerLaw(2), MeanProfile.Flat, 40), 0.35, Times);
        var logistic = Cases.Theory(Cases.TwoClasses(Cases.Logistic, 0.4, ClassSpectrum.PowerLaw(1), ClassSpectrum.PowerLaw(2), MeanProfile.Flat, 40), 0.7, Times);
        for (var row = 0; row < Times.Length; row++)
        {
            softmax["risk"][row].ShouldBe(logistic["risk"][row], 1e-8);
            softmax["error"][row].ShouldBe(logistic["error"][row], 1e-8);
        }
    }

    // The right-hand side along a direction against the parts of the Jacobian, for every kind of rule.
    [Fact]
    public void TheJacobianIsThatOfTheEquations()
    {
        var problem = Cases.TwoClasses(Cases.Logistic, 0.3, ClassSpectrum.PowerLaw(1), ClassSpectrum.PowerLaw(2), MeanProfile.Flat, 20);
        var modes = problem.Modes(ModeRepresentation.Full) with { StartVariance = 0.3 };
        foreach (var rule in (LearningRateRule[])[ScheduledRate.Constant(0.7), new AdaGradNormRate(1, 1), new LineSearchRate(), new PolyakRate(0.1)])
        {
            var system = new MarginSystem(modes, new LogisticLoss(), rule, 2);
            var size = system.Size;
            double[] state = [.. Enumerable.Range(0, size).Select(k => 0.2 + (0.1 * Math.Sin(k)))], along = [.. Enumerable.Range(0, size).Select(k => Math.Cos(3 * k))];
            var jacobian = new LowRankJacobian(size, system.Rank);
            system.Linearize(1, state, jacobian);
            double[] At(double step)
            {
                var derivative = new double[size];
                system.Derivative(1, [.. state.Zip(along, (value, part) => value + (step * part))], derivative);
                return derivative;
            }

            const double Step = 1e-5;
            var (high, low) = (At(Step), At(-Step));
            for (var k = 0; k < size; k++)
            {
                var expected = jacobian.Diagonal[k] * along[k];
                for (var r = 0; r < system.Rank; r++)
                    expected += jacobian.Left(r)[k] * MarginSums.Dot(jacobian.Right(r), along);
                ((high[k] - low[k]) / (2 * Step)).ShouldBe(expected, 1e-6 * (1 + Math.Abs(expected)), $"{rule} {k}");
            }
        }
    }

    private static void AreEqual(Solution actual, Solution expected, double tolerance)
    {
        foreach (var column in expected.Observables)
        {
            for (var row = 0; row < column.Values.Length; row++)
                actual[column.Name][row].ShouldBe(column.Values[row], tolerance * Math.Max(1e-3, Math.Abs(column.Values[row])), $"{column.Name} {row}");
        }
    }
}
