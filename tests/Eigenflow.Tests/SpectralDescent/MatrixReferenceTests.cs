using Eigenflow.Numerics.Dense;
using Eigenflow.Schedules;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

public sealed class MatrixReferenceTests
{
    private const int Rows = 3;
    private const int Columns = 2;

    [Theory]
    [InlineData(false, 0.1, 200, 0.0119426487, 0.716370398, 0.13840327, 0.493097485)]
    [InlineData(false, 0.1, 2000, 7.22878434e-06, 0.999950171, 0.990646804, 1.00510532)]
    [InlineData(true, 0.0123, 20, 0.0139652322, 0.425395953, 0.0811413417, 0.667302024)]
    [InlineData(true, 0.0123, 60, 0.00270700769, 0.945998258, 0.548431556, 0.84248527)]
    public void FullMatricesHaveTheReferenceValues(bool isSpectral, double rate, long step, double loss, double alignment, double square, double norm)
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.PowerLaw(6, 1.2), Teacher = TeacherDirection.Ramp(), Start = WeightStart.Identity(0.05) };
        var solution = problem.Solve(new MatrixRecursion { Rule = isSpectral ? UpdateRule.Spectral : UpdateRule.GradientDescent, LearningRate = rate, AtSteps = [step] });
        BlockReferenceTests.Close(solution["loss"][0], loss);
        BlockReferenceTests.Close(solution["alignment"][0], alignment);
        BlockReferenceTests.Close(solution["a"][0] * solution["a"][0], square);
        BlockReferenceTests.Close(solution["a"][0] / Math.Sqrt(solution["energy-fraction"][0]), norm);
    }

    [Fact]
    public void GradientPolarFactorAndNewtonSchulzHaveTheReferenceValues()
    {
        var system = MatrixSystem.Of(Small());
        var engine = new MatrixEngine(system, new PopulationGradient(system), UpdateRule.GradientDescent, LearningRateSchedule.Constant(1, 1));
        engine.Observe().Loss.ShouldBe(0.1233750012, 1e-10);
        var gradient = new double[Rows * Columns];
        new PopulationGradient(system).Fill(system.Start, 0, gradient);
        double[] expected = [0.2932756829, -0.2976301639, 0.0599014942, 0.0143972287, -0.0166983609, 0.1691225177];
        Same(gradient, expected, 1e-9);
        Same(Apply(new PolarDirection(), gradient), [0.8058955432, -0.5558172682, 0.4020235137, 0.2608324392, 0.4346371680, 0.7893247767], 1e-9);
        Same(Apply(new NewtonSchulzDirection(), gradient), [0.5892584787, -0.4186445176, 0.2828641425, 0.1803816904, 0.2953559800, 0.5619819798], 1e-6);
    }

    [Fact]
    public void GradientIsTheDerivativeOfTheLoss()
    {
        var problem = Small();
        var system = MatrixSystem.Of(problem);
        var gradient = new double[Rows * Columns];
        new PopulationGradient(system).Fill(system.Start, 0, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            double Loss(double shift)
            {
                var weights = (double[])system.Start.Clone();
                weights[i] += shift;
                var moved = system with { Start = weights };
                return new MatrixEngine(moved, new PopulationGradient(moved), UpdateRule.GradientDescent, LearningRateSchedule.Constant(1, 1)).Observe().Loss;
            }

            ((Loss(1e-5) - Loss(-1e-5)) / 2e-5).ShouldBe(gradient[i], 1e-9);
        }
    }

    [Fact]
    public void BatchGradientIsUnbiased()
    {
        var system = MatrixSystem.Of(Small());
        double[] exact = new double[Rows * Columns], batch = new double[Rows * Columns], sum = new double[Rows * Columns], squares = new double[Rows * Columns];
        new PopulationGradient(system).Fill(system.Start, 0, exact);
        var source = new BatchGradient(system, 2500, 5, 0);
        const int Batches = 200;
        for (var step = 0; step < Batches; step++)
        {
            source.Fill(system.Start, step, batch);
            for (var i = 0; i < batch.Length; i++)
            {
                sum[i] += batch[i];
                squares[i] += batch[i] * batch[i];
            }
        }

        for (var i = 0; i < sum.Length; i++)
        {
            var mean = sum[i] / Batches;
            var error = Math.Sqrt(((squares[i] / Batches) - (mean * mean)) / Batches);
            Math.Abs(mean - exact[i]).ShouldBeLessThan(4 * error);
            error.ShouldBeLessThan(0.01);
        }
    }

    [Fact]
    public void NewtonSchulzConvergesToThePolarFactorWithTheCubicAndStaysSoftWithMuons()
    {
        var matrix = Pseudo(7, 5, 3);
        var polar = Apply(new PolarDirection(), matrix, 7, 5);
        Same(Apply(new NewtonSchulzDirection { Coefficients = NewtonSchulzCoefficients.Cubic, Iterations = 30 }, matrix, 7, 5), polar, 1e-11);

        var muon = new NewtonSchulzDirection();
        double lowest = double.PositiveInfinity, highest = 0;
        for (var value = 0.0035; value <= 1; value *= 1.0005)
        {
            lowest = Math.Min(lowest, muon.Polynomial(value));
            highest = Math.Max(highest, muon.Polynomial(value));
        }

        lowest.ShouldBeInRange(0.66, 0.70);
        highest.ShouldBeInRange(1.15, 1.21);
        muon.Polynomial(0.001).ShouldBe(0.471, 5e-4);

        // A wide matrix goes through the transpose.
        var transposed = new double[35];
        MatrixProduct.Transpose(matrix, transposed, 7, 5);
        var back = new double[35];
        MatrixProduct.Transpose(Apply(muon, transposed, 5, 7), back, 5, 7);
        Same(back, Apply(muon, matrix, 7, 5), 1e-13);
    }

    [Fact]
    public void ThePowersInterpolate()
    {
        var matrix = Pseudo(6, 4, 9);
        Same(Apply(new PowerDirection(1), matrix, 6, 4), matrix, 1e-14);
        Same(Apply(new PowerDirection(0), matrix, 6, 4), Apply(new PolarDirection(), matrix, 6, 4), 1e-14);
        var half = Apply(new PowerDirection(0.5), matrix, 6, 4);
        var values = DenseAlgebra.Best.ThinSvd(matrix, 6, 4).Values;
        DenseAlgebra.Best.ThinSvd(half, 6, 4).Values.Zip(values).ShouldAllBe(pair => Math.Abs(pair.First - Math.Sqrt(pair.Second)) < 1e-12);
    }

    [Fact]
    public void SingularValuesBelowTheToleranceAreDropped()
    {
        double[] matrix = [1, 0, 0, 0, 1e-11, 0, 0, 0, 1e-13];
        Same(Apply(new PolarDirection(), matrix, 3, 3), [1, 0, 0, 0, 1, 0, 0, 0, 0], 1e-12);
    }

    private static SpectralDescentProblem Small() => new()
    {
        Covariance = InputCovariance.PowerLaw(Rows, 1),
        Teacher = TeacherDirection.Ramp(),
        Start = WeightStart.FromValues(Enumerable.Range(0, Rows * Columns).Select(k => 0.5 * Math.Cos(1 + (k / Columns) + (2 * (k % Columns)))), Columns),
    };

    private static double[] Pseudo(int rows, int columns, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5)];
    }

    private static double[] Apply(Direction direction, double[] gradient, int rows = Rows, int columns = Columns)
    {
        var result = new double[gradient.Length];
        direction.Matrices(rows, columns).Apply(gradient, result);
        return result;
    }

    private static void Same(double[] actual, double[] expected, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance, $"entry {i}");
    }
}
