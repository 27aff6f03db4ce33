using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class LandscapeTests
{
    private static readonly PhaseRetrievalProblem Problem = new()
    {
        Spectrum = Spectrum.PowerLaw(12, 1.4),
        Teacher = Teacher.Gaussian(2) with { Normalization = TeacherNormalization.Dimension },
        Start = Start.Gaussian(3),
    };

    [Fact]
    public void GradientAndHessianAreDerivativesOfTheLoss()
    {
        var modes = Problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(Problem);
        double[] w = [.. modes.Start.Zip(modes.Teacher, (a, b) => a + (0.4 * b))];
        var direction = Enumerable.Range(0, 12).Select(i => Math.Cos(i)).ToArray();
        const double step = 1e-5;
        double[] Moved(double amount) => [.. w.Zip(direction, (a, b) => a + (amount * b))];
        double[] gradient = new double[12], up = new double[12], down = new double[12], product = new double[12];
        landscape.Gradient(w, gradient);
        var slope = gradient.Zip(direction, (a, b) => a * b).Sum();
        ((landscape.Loss(Moved(step)) - landscape.Loss(Moved(-step))) / (2 * step)).ShouldBe(slope, 1e-7 * Math.Abs(slope));
        landscape.HessianTimes(w, direction, product);
        landscape.Gradient(Moved(step), up);
        landscape.Gradient(Moved(-step), down);
        for (var i = 0; i < 12; i++)
            ((up[i] - down[i]) / (2 * step)).ShouldBe(product[i], 1e-7);
    }

    [Fact]
    public void LossIsTheExpectedSquaredErrorOfTheLabels()
    {
        // E (P² − R²)² for jointly Gaussian P, R by sampling.
        var modes = Problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(Problem);
        double[] w = [.. modes.Start.Zip(modes.Teacher, (a, b) => a - (0.6 * b))];
        const int samples = 200_000;
        var x = new double[16];
        double sum = 0, squares = 0;
        for (var n = 0; n < samples; n++)
        {
            Eigenflow.Random.GaussianGenerator.Fill(new Eigenflow.Random.GaussianAddress(9, 5, 0, n), 0, x);
            double student = 0, teacher = 0;
            for (var i = 0; i < 12; i++)
            {
                student += Math.Sqrt(modes.Eigenvalues[i]) * x[i] * w[i];
                teacher += Math.Sqrt(modes.Eigenvalues[i]) * x[i] * modes.Teacher[i];
            }

            var value = Math.Pow((student * student) - (teacher * teacher), 2);
            sum += value;
            squares += value * value;
        }

        var mean = sum / samples;
        landscape.Loss(w).ShouldBe(mean, 4 * Math.Sqrt(((squares / samples) - (mean * mean)) / samples));
    }

    [Fact]
    public void CriticalPointsAreClassified()
    {
        var modes = Problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(Problem);
        landscape.Classify(new double[12]).ShouldBe(CriticalPoint.Maximum);
        landscape.Classify(modes.Teacher).ShouldBe(CriticalPoint.Minimum);
        landscape.Classify([.. modes.Teacher.Select(value => -value)]).ShouldBe(CriticalPoint.Minimum);
        landscape.Classify(modes.Start).ShouldBe(CriticalPoint.None);

        // A point of the saddle set: orthogonal to the teacher in the metric Q, s = s*/3.
        var (s, u) = landscape.Overlaps(modes.Start);
        var orthogonal = modes.Start.Zip(modes.Teacher, (a, b) => a - (u / landscape.TeacherOverlap * b)).ToArray();
        (s, _) = landscape.Overlaps(orthogonal);
        var saddle = orthogonal.Select(value => value * Math.Sqrt(landscape.TeacherOverlap / 3 / s)).ToArray();
        landscape.Classify(saddle).ShouldBe(CriticalPoint.Saddle);
        landscape.HessianSpectrum(saddle)[^1].ShouldBeLessThan(0);
    }

    [Fact]
    public void HessianHasTheStatedFormAtEveryCriticalPoint()
    {
        var modes = Problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(Problem);
        landscape.HessianSpectrum(new double[12]).ShouldAllBe(value => value < 0);
        landscape.HessianSpectrum(modes.Teacher).ShouldAllBe(value => value > 0);

        // 16 (Qw*)(Qw*)ᵀ + 8 s* Q at w*.
        var direction = Enumerable.Range(0, 12).Select(i => Math.Sin(1 + i)).ToArray();
        var product = new double[12];
        landscape.HessianTimes(modes.Teacher, direction, product);
        var along = Enumerable.Range(0, 12).Sum(i => modes.Eigenvalues[i] * modes.Teacher[i] * direction[i]);
        for (var i = 0; i < 12; i++)
        {
            var expected = (16 * modes.Eigenvalues[i] * modes.Teacher[i] * along) + (8 * landscape.TeacherOverlap * modes.Eigenvalues[i] * direction[i]);
            product[i].ShouldBe(expected, 1e-12 * (1 + Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(1.4)]
    [InlineData(0.0)]
    public void HessianSpectrumIsThatOfTheDenseMatrix(double exponent)
    {
        var problem = Problem with { Spectrum = Spectrum.PowerLaw(12, exponent) };
        var modes = problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(problem);
        foreach (var w in new[] { modes.Start, modes.Teacher, new double[12], [.. modes.Start.Zip(modes.Teacher, (a, b) => (2 * a) - (0.3 * b))] })
        {
            var dense = new double[144];
            for (var column = 0; column < 12; column++)
            {
                var unit = new double[12];
                unit[column] = 1;
                landscape.HessianTimes(w, unit, dense.AsSpan(column * 12, 12));
            }

            var expected = new Eigenflow.Numerics.Dense.ManagedDenseAlgebra().SymmetricEigenvalues(dense, 12);
            var spectrum = landscape.HessianSpectrum(w);
            for (var i = 0; i < 12; i++)
                spectrum[i].ShouldBe(expected[i], 1e-12 * expected.Max(Math.Abs));
        }
    }

    [Fact]
    public void WrongLengthsAndZeroTeacherAreRefused()
    {
        Should.Throw<ParameterException>(() => new Landscape([1, 2], [1]));
        Should.Throw<ParameterException>(() => new Landscape([1, 0], [0, 1]));
        Should.Throw<ParameterException>(() => Landscape.Of(Problem).Loss(new double[11]));
    }
}
