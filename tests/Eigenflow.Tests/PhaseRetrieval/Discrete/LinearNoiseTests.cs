using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The covariance of online SGD between runs: against plain matrices, samples, and ensembles of runs.</summary>
public sealed class LinearNoiseTests
{
    // d = 4, a = 1.5, w = (.5, −.8, 1.1, .3), w* = (1, .9, −.4, 1.3), σ² = .25: between the modes as well as in each.
    [Fact]
    public void SecondMomentsBetweenModesAreThoseOfSamples()
    {
        double[] w = [0.5, -0.8, 1.1, 0.3], teacher = [1, 0.9, -0.4, 1.3], eigenvalues = Normalised(4, 1.5), x = new double[5];
        const int samples = 400_000;
        double[,] sum = new double[4, 4], square = new double[4, 4];
        for (var n = 0; n < samples; n++)
        {
            Eigenflow.Random.GaussianGenerator.Fill(new Eigenflow.Random.GaussianAddress(5, RandomStreams.MonteCarlo, 0, n), 0, x);
            double student = 0, label = 0;
            for (var i = 0; i < 4; i++)
            {
                x[i] *= Math.Sqrt(eigenvalues[i]);
                student += x[i] * w[i];
                label += x[i] * teacher[i];
            }

            var slope = 4 * ((student * student) - (label * label) - (0.5 * x[4])) * student;
            for (var i = 0; i < 4; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    var product = slope * slope * x[i] * x[j];
                    sum[i, j] += product;
                    square[i, j] += product * product;
                }
            }
        }

        var exact = SecondMoment(eigenvalues, w, teacher, 0.25);
        exact[0, 0].ShouldBe(47.861097, 1e-6);
        exact[3, 3].ShouldBe(2.1971727, 1e-7);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var mean = sum[i, j] / samples;
                var error = Math.Sqrt(((square[i, j] / samples) - (mean * mean)) / samples);
                Math.Abs(mean - exact[i, j]).ShouldBeLessThan(4 * error, $"{i}, {j}");
            }
        }
    }

    // Three steps from a start, with everything written as plain matrices in w; the frame of the state changes on the way.
    [Theory]
    [InlineData(NoiseClosure.SecondOrder, 1)]
    [InlineData(NoiseClosure.SecondOrder, 3)]
    [InlineData(NoiseClosure.Linear, 1)]
    [InlineData(NoiseClosure.Linear, 3)]
    public void StepsAreThoseOfPlainMatrices(NoiseClosure closure, int batch)
    {
        const double Rate = 0.01, Noise = 0.3;
        const int Steps = 60;
        double[] teacher = [1, -0.6, 1.4, 0.3, 0.8];
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(5, 1.2), Teacher = Teacher.FromValues(teacher), Start = Start.FromValues([0.5, 0.1, 0.4, -0.3, 0.2]), Noise = Noise };
        var modes = problem.Modes(ModeRepresentation.Full);
        var q = Matrix<double>.Build.DenseOfDiagonalArray(modes.Eigenvalues);
        var star = Vector<double>.Build.Dense(modes.Teacher);
        var m = Vector<double>.Build.Dense(modes.Start);
        var covariance = Matrix<double>.Build.Dense(5, 5);
        var t = modes.TeacherOverlap;
        var own = closure == NoiseClosure.SecondOrder ? 1.0 : 0;
        for (var k = 0; k < Steps; k++)
        {
            Vector<double> r = q * m, b = q * star, kappa = own * covariance * b, rho = own * covariance * r;
            double s = (m * r) + (own * (q * covariance).Trace()), u = m * b, varianceU = b * kappa, mixed = 2 * (b * rho), varianceS = 4 * (r * rho);
            var gradient = (((12 * s) - (4 * t)) * r) + (24 * (q * rho)) - (8 * u * b);
            var hessian = (24 * r.OuterProduct(r)) + (((12 * s) - (4 * t)) * q) - (8 * b.OuterProduct(b));

            // The polynomials and their second derivatives by central differences, which are exact for cubics.
            double Average(Func<double, double, double> f)
            {
                const double H = 0.5;
                var ss = (f(s + H, u) - (2 * f(s, u)) + f(s - H, u)) / (H * H);
                var uu = (f(s, u + H) - (2 * f(s, u)) + f(s, u - H)) / (H * H);
                var su = (f(s + H, u + H) - f(s + H, u - H) - f(s - H, u + H) + f(s - H, u - H)) / (4 * H * H);
                return f(s, u) + (0.5 * ((ss * varianceS) + (2 * su * mixed) + (uu * varianceU)));
            }

            Vector<double> With(Func<double, double, double> f) => ((f(s, u + 0.5) - f(s, u - 0.5)) * kappa) + (2 * (f(s + 0.5, u) - f(s - 0.5, u)) * rho);
            var moment = Average((x, y) => GradientMoments.Of(x, y, t, Noise).Intensity) * q;
            double A(double x, double y) => GradientMoments.Of(x, y, t, Noise).Square;
            double B(double x, double y) => GradientMoments.Of(x, y, t, Noise).Cross;
            double C(double x, double y) => GradientMoments.Of(x, y, t, Noise).Constant;
            var inner = (Average(A) * (m.OuterProduct(m) + (own * covariance))) + m.OuterProduct(With(A)) + With(A).OuterProduct(m)
                + ((Average(B) * m) + With(B)).OuterProduct(star) + star.OuterProduct((Average(B) * m) + With(B)) + (Average(C) * star.OuterProduct(star));
            moment += 16 * q * inner * q;
            var gain = Rate * Rate / batch;
            covariance = covariance - (Rate * ((hessian * covariance) + (covariance * hessian))) + (((Rate * Rate) - (own * gain)) * hessian * covariance * hessian) + (gain * (moment - gradient.OuterProduct(gradient)));
            m -= Rate * gradient;
        }

        var recursion = new LinearNoiseRecursion(modes, new LearningRateSchedule(new ConstantShape(), Rate, Steps), batch, Noise, closure == NoiseClosure.Linear);
        recursion.Advance(Steps).ShouldBeTrue();
        var row = recursion.Observe();
        var along = q * star;
        row.Mean.U.ShouldBe(m * along, 1e-9 * Math.Abs(row.Mean.U));
        row.U.ShouldBe(Math.Sqrt(along * covariance * along), 1e-8 * row.U);
        var self = (m * q * m) + (q * covariance).Trace();
        row.Mean.S.ShouldBe(self, 1e-9 * self);
        row.S.ShouldBe(Math.Sqrt((4 * (m * q * covariance * q * m)) + (2 * (q * covariance * q * covariance).Trace())), 1e-8 * row.S);
        Math.Min(((m - star) * (m - star)) + covariance.Trace(), ((m + star) * (m + star)) + covariance.Trace()).ShouldBe(5 * row.Mean.MeanSquaredError, 1e-9);
        var fluctuation = (12 * ((m * q * covariance * q * m) + (0.5 * (q * covariance * q * covariance).Trace()))) - (4 * (along * covariance * along));
        row.Mean.Loss.ShouldBe(PhaseStatistics.LossOf(self, m * along, t) + fluctuation, 1e-9);
    }

    // Far below one, noise is linear: the recursion ends where the equation of the floor says, for any norm of the teacher, full or compressed.
    [Theory]
    [InlineData(1, TeacherNormalization.UnitOverlap)]
    [InlineData(4, TeacherNormalization.UnitOverlap)]
    [InlineData(2, TeacherNormalization.Dimension)]
    public void TheRecursionEndsAtTheFloor(int batch, TeacherNormalization norm)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(6, 1.5), Teacher = Teacher.Gaussian(3) with { Normalization = norm }, Noise = 1e-10 };
        var modes = problem.Modes(ModeRepresentation.Full);
        problem = problem with { Start = Start.FromValues(modes.Teacher) };
        var theory = new TeacherFluctuations(modes, batch);
        var rate = 0.4 * theory.LargestRate();
        var floor = theory.Floor(rate, problem.Noise)!;
        var row = problem.Solve(new SgdLinearNoise { LearningRate = rate, Batch = batch, AtSteps = [200_000] });
        row["loss"][0].ShouldBe(floor.Loss, 1e-5 * floor.Loss);
        row["mse"][0].ShouldBe(floor.MeanSquaredError, 1e-5 * floor.MeanSquaredError);
        row["u-sd"][0].ShouldBe(Math.Sqrt(floor.OverlapVariance), 1e-5 * row["u-sd"][0]);
    }

    [Fact]
    public void TheFloorOfCompressedModesIsThatOfAll()
    {
        var problem = Reference.Problem(300, 1.5);
        var all = new TeacherFluctuations(problem.Modes(ModeRepresentation.Full), 2).Floor(0.01, 0.1)!;
        var few = new TeacherFluctuations(problem.Modes(ModeRepresentation.Compressed), 2).Floor(0.01, 0.1)!;
        few.Loss.ShouldBe(all.Loss, 1e-8 * all.Loss);
        few.MeanSquaredError.ShouldBe(all.MeanSquaredError, 1e-8 * all.MeanSquaredError);
        var edge = new TeacherFluctuations(problem.Modes(ModeRepresentation.Full), 2).LargestRate();
        new TeacherFluctuations(problem.Modes(ModeRepresentation.Compressed), 2).LargestRate().ShouldBe(edge, 1e-8 * edge);

        // Neighbours of the tail joined.
        var joined = new TeacherFluctuations(problem.Modes(ModeRepresentation.Full), 2, 100);
        joined.LargestRate().ShouldBe(edge, 1e-4 * edge);
        joined.Floor(0.01, 0.1)!.Loss.ShouldBe(all.Loss, 1e-4 * all.Loss);
    }

    [Fact]
    public void SmallStepsHaveTheFloorOfWhiteNoise()
    {
        var modes = Reference.Problem(40, 1).Modes(ModeRepresentation.Full);
        var floor = new TeacherFluctuations(modes, 2).Floor(1e-7, 0.3)!;
        var small = StationaryFloor.Of(modes, 1e-7, 2, 0.3);
        floor.MeanSquaredError.ShouldBe(small.MeanSquaredError, 1e-5 * small.MeanSquaredError);
        floor.Loss.ShouldBe(small.Loss, 1e-5 * small.Loss);
        floor.OverlapVariance.ShouldBe(small.OverlapVariance, 1e-5 * small.OverlapVariance);
    }

    // Independent program: eigenvalues of the same map on dense matrices.
    [Theory]
    [InlineData(0.5, 1, 0.06527798014)]
    [InlineData(0.5, 16, 0.86803111003)]
    [InlineData(1.5, 1, 0.02135093923)]
    [InlineData(2, 1, 0.01370002025)]
    [InlineData(2, 16, 0.10250490895)]
    public void TheEdgeIsThatOfAnIndependentProgram(double exponent, int batch, double expected) =>
        new TeacherFluctuations(Reference.Problem(50, exponent).Modes(ModeRepresentation.Full), batch).LargestRate().ShouldBe(expected, 1e-8);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void DeviationsFallBelowTheEdgeAndGrowAboveIt(double exponent, int batch)
    {
        var problem = Reference.Problem(10, exponent);
        var modes = problem.Modes(ModeRepresentation.Full);
        var edge = new TeacherFluctuations(modes, batch).LargestRate();
        problem = problem with { Start = Start.FromValues([.. modes.Teacher.Select((value, i) => value * (1 + (i == 0 ? 1e-8 : 0)))]) };
        double Growth(double rate)
        {
            var loss = problem.Solve(new SgdLinearNoise { LearningRate = rate, Batch = batch, AtSteps = [3000, 4000] })["mse"];
            return loss[1] / loss[0];
        }

        Growth(0.98 * edge).ShouldBeLessThan(1);
        Growth(1.02 * edge).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void LargeBatchesAreBoundAsGradientDescentIs()
    {
        var modes = Reference.Problem(20, 1.5).Modes(ModeRepresentation.Full);
        new TeacherFluctuations(modes, 1_000_000).LargestRate().ShouldBe(Stability.LargestLearningRate(modes), 1e-4);
    }

    [Fact]
    public void TheBandIsThatOfRuns()
    {
        var problem = Reference.Problem(10, 1) with { Noise = 0.1 };
        long[] steps = [100, 400, 2000, 6000];
        const int Runs = 400;
        var runs = problem.Solve(new OnlineSgd { LearningRate = 0.005, Batch = 2, AtSteps = steps, Replicas = Runs, Seed = 2 });
        var theory = problem.Solve(new SgdLinearNoise { LearningRate = 0.005, Batch = 2, AtSteps = steps });
        foreach (var name in new[] { "u", "s", "loss" })
        {
            for (var row = 0; row < steps.Length; row++)
            {
                // Half a per cent of the mean for what second order leaves out of the escape.
                Math.Abs(runs[name][row] - theory[name][row]).ShouldBeLessThan((4 * runs[name + "-se"][row]) + (0.005 * theory[name][row]), $"{name} at {steps[row]}");
                (runs[name + ReplicaColumns.Error][row] * Math.Sqrt(Runs) / theory[name + "-sd"][row]).ShouldBe(1, 0.2, $"{name} at {steps[row]}");
            }
        }
    }

    private static double[] Normalised(int dimension, double exponent)
    {
        double[] values = [.. Enumerable.Range(1, dimension).Select(i => Math.Pow(i, -exponent))];
        var sum = values.Sum();
        return [.. values.Select(value => value / sum)];
    }

    private static Matrix<double> SecondMoment(double[] eigenvalues, double[] w, double[] teacher, double noise)
    {
        var q = Matrix<double>.Build.DenseOfDiagonalArray(eigenvalues);
        Vector<double> student = Vector<double>.Build.Dense(w), star = Vector<double>.Build.Dense(teacher);
        var moments = GradientMoments.Of(student * q * student, student * q * star, star * q * star, noise);
        return (moments.Intensity * q) + (16 * q * ((moments.Square * student.OuterProduct(student)) + (moments.Cross * (student.OuterProduct(star) + star.OuterProduct(student))) + (moments.Constant * star.OuterProduct(star))) * q);
    }
}
