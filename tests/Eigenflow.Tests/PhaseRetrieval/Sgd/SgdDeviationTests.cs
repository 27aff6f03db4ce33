using Eigenflow.Random;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Eigenflow.Systems.PhaseRetrieval.Kernels;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Near the teacher SGD keeps relative accuracy, in both precisions, and says the same of every row whatever is saved.</summary>
public sealed class SgdDeviationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, -1)]
    public void LossAndErrorsNearTheTeacherAreThoseOfArithmeticWithMoreDigits(int batch, int sign)
    {
        // 200 steps from 1e-7 beside the teacher in arithmetic with 28 digits, on the samples that the kernel draws.
        const double rate = 0.02;
        const int steps = 200;
        var near = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(4, 1), Teacher = Teacher.Ones(), Start = Start.FromValues([1, 1, 1, 1]) };
        var teacher = near.Modes(ModeRepresentation.Full).Teacher;
        double[] start = [.. teacher.Select((value, i) => sign * value * (1 + (1e-7 * (i + 1))))];
        var problem = near with { Start = Start.FromValues(start) };
        var modes = problem.Modes(ModeRepresentation.Full);
        var solution = problem.Solve(new OnlineSgd { LearningRate = rate, Batch = batch, AtSteps = [steps], Replicas = 1, Seed = 9 });

        decimal[] w = [.. modes.Start.Select(Exact)], target = [.. modes.Teacher.Select(Exact)], eigenvalues = [.. modes.Eigenvalues.Select(Exact)];
        for (var step = 0; step < steps; step++)
        {
            var change = new decimal[4];
            for (var b = 0; b < batch; b++)
            {
                var g = new double[4];
                GaussianGenerator.Fill(new GaussianAddress(9, RandomStreams.Samples, 0, (step * batch) + b), 0, g);
                decimal[] x = [.. g.Select((value, i) => Exact(value * Math.Sqrt(modes.Eigenvalues[i])))];
                var student = Dot(x, w);
                var label = Dot(x, target);
                for (var i = 0; i < 4; i++)
                    change[i] -= Exact(rate) / batch * 4 * ((student * student) - (label * label)) * student * x[i];
            }

            for (var i = 0; i < 4; i++)
                w[i] += change[i];
        }

        decimal[] e = [.. w.Zip(target, (value, goal) => value - (sign * goal))];
        decimal p = 0, q = 0, overlap = 0;
        for (var i = 0; i < 4; i++)
        {
            p += eigenvalues[i] * e[i] * e[i];
            q += sign * eigenvalues[i] * e[i] * target[i];
            overlap += eigenvalues[i] * target[i] * target[i];
        }

        void Close(string name, decimal expected) => solution[name][0].ShouldBe((double)expected, 1e-9 * Math.Abs((double)expected), name);
        ((double)p).ShouldBeLessThan(1e-13);
        Close("loss", (8 * q * q) + (12 * p * q) + (3 * p * p) + (4 * overlap * p));
        Close("mse", Dot(e, e) / 4);
        Close("one-minus-s", -((2 * q) + p) / overlap);
        Close("one-minus-u", -q / overlap);
    }

    [Theory]
    [InlineData(SamplingPrecision.Double)]
    [InlineData(SamplingPrecision.Single)]
    public void NoiselessRunsGoOnFallingFarBelowTheRoundingOfTheWeights(SamplingPrecision precision)
    {
        // Without label noise the gradient noise falls with the error: ln L falls on a line with a scatter, for as long as numbers last.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(3, 0.5), Teacher = Teacher.Ones(), Start = Start.Alternating() };
        var loss = problem.Solve(new OnlineSgd { LearningRate = 0.02, AtSteps = [1000, 2000, 3000], Replicas = 1, Precision = precision })["loss"];
        loss[0].ShouldBeLessThan(1e-15);
        loss[2].ShouldBeGreaterThan(0);
        (Math.Log(loss[2] / loss[1]) / Math.Log(loss[1] / loss[0])).ShouldBe(1, 0.5);
    }

    [Theory]
    [InlineData(SamplingPrecision.Double)]
    [InlineData(SamplingPrecision.Single)]
    public void RowsOfDataAreLearntToTheLastDigitToo(SamplingPrecision precision)
    {
        var rows = InputRows.FromMatrix(RowData.Gaussian(200, Spectrum.PowerLaw(4, 0.5)), "rows");
        var problem = new PhaseRetrievalProblem { Spectrum = rows.Spectrum, Teacher = Teacher.Ones(), Start = Start.Alternating() };
        var solution = problem.Solve(new OnlineSgd { LearningRate = 0.02, AtSteps = [1000, 2000, 3000], Replicas = 1, Rows = rows, Precision = precision });
        foreach (var name in new[] { "loss", "loss-rows", "mse" })
        {
            solution[name][2].ShouldBeInRange(1e-300, 1e-15, name);
            (Math.Log(solution[name][2] / solution[name][1]) / Math.Log(solution[name][1] / solution[name][0])).ShouldBe(1, 0.5, name);
        }

        // The teacher is exact for the rows, so that both losses vanish together.
        (solution["loss-rows"][2] / solution["loss"][2]).ShouldBeInRange(0.3, 3);
    }

    [Fact]
    public void TheSlopeIsThatOfTheStatedGradientInEveryFrame()
    {
        foreach (var frame in new[] { 1, -1 })
        {
            const double R = 1.3, E = -0.4, noise = 0.2;
            var student = (frame * R) + E;
            SgdSums.Slope(frame, E, R, noise).ShouldBe(4 * ((student * student) - ((R * R) + noise)) * student, 1e-14);
            SgdSums.Slope(0, student, R, noise).ShouldBe(SgdSums.Slope(frame, E, R, noise), 1e-14);
        }
    }

    [Fact]
    public void TheFrameFollowsTheStudent()
    {
        // s and u of the student, given as the sums of the frame that it has.
        static int Next(int frame, double s, double u)
        {
            var linear = frame == 0 ? u : (frame * u) - 1;
            var quadratic = frame == 0 ? s : s - 1 - (2 * linear);
            var expected = new PhaseFrame(frame != 0, frame == 0 ? 1 : frame).ProperOf(linear, quadratic, 1);
            var next = SgdSums.NextFrame(frame, linear, quadratic, 1);
            next.ShouldBe(expected.IsDeviation ? expected.Sign : 0, "one rule for all methods");
            return next;
        }

        Next(0, 0.2, 0.1).ShouldBe(0);
        Next(0, 0.8, -0.85).ShouldBe(-1);
        Next(1, 0.8, -0.85).ShouldBe(-1, "a step that is too long may throw it across");
        Next(1, 0.7, 0.7).ShouldBe(1, "no change while the loss is between the two limits");
        Next(0, 0.7, 0.7).ShouldBe(0);
        Next(1, 0.1, 0.1).ShouldBe(0);
    }

    [Fact]
    public void MseIsTheFunctionalOfTheTheoryAndMseBestSignThatOfEachRun()
    {
        // A start without escape coefficient, C = 0: about half of the runs go to either teacher.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(6, 1), Teacher = Teacher.Ones(), Noise = 0.3 };
        var modes = problem.Modes(ModeRepresentation.Full);
        var rate = EscapeTheory.Of(modes).Rate;
        double Response(int i) => modes.Eigenvalues[i] / (rate - (4 * modes.Eigenvalues[i]));
        problem = problem with { Start = Start.FromValues([0.1, -0.1 * Response(0) / Response(1), 0, 0, 0, 0]) };
        var sgd = problem.Solve(new OnlineSgd { LearningRate = 0.01, AtSteps = [0, 50, 4000], Replicas = 64 });
        sgd["mse"][0].ShouldBe(sgd["mse-best-sign"][0]);
        sgd["mse-best-sign"][2].ShouldBeLessThan(0.2, "every run has found a teacher");
        sgd["mse"][2].ShouldBeGreaterThan(1, "which one differs");
        sgd.Warnings.ShouldHaveSingleItem().ShouldContain("mse-best-sign");

        // Where all agree, so do the columns, and nothing is warned of.
        var one = (problem with { Start = Start.Alternating() }).Solve(new OnlineSgd { LearningRate = 0.01, AtSteps = [4000], Replicas = 8 });
        one["mse"].ShouldBe(one["mse-best-sign"]);
        one["mse-se"].ShouldBe(one["mse-best-sign-se"]);
        one.Warnings.ShouldBeEmpty();
    }

    // All bits of a number: a conversion would keep 15 digits.
    private static decimal Exact(double value)
    {
        if (value == 0)
            return 0;
        var shift = 52 - Math.ILogB(value);
        return shift > 60 ? (long)Math.ScaleB(value, shift) / (decimal)(1L << 60) / (1L << (shift - 60)) : (long)Math.ScaleB(value, shift) / (decimal)(1L << shift);
    }

    private static decimal Dot(decimal[] first, decimal[] second) => first.Zip(second, (a, b) => a * b).Sum();
}
