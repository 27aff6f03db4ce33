using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class GradientDescentTests
{
    private static readonly string[] Quantities = ["s", "u", "mse", "loss", "one-minus-s", "one-minus-u"];

    [Theory]
    [InlineData(100, 0.8297032952, 0.8259523515, 0.7890684489)]
    [InlineData(1000, 0.9542955774, 0.9559105878, 0.6950114140)]
    [InlineData(10000, 0.9886391476, 0.9895403035, 0.4519190508)]
    public void DescentHasTheReferenceValues(long step, double s, double u, double mse)
    {
        foreach (var modes in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var descent = Reference.Problem(100, 2).Solve(new GradientDescent { LearningRate = 0.01, AtSteps = [step], Modes = modes });
            descent["s"][0].ShouldBe(s, 1.1e-10);
            descent["u"][0].ShouldBe(u, 1.1e-10);
            descent["mse"][0].ShouldBe(mse, 1.1e-10);
            descent["t"][0].ShouldBe(0.01 * step);
        }
    }

    [Fact]
    public void OneStepIsOneStepAlongTheGradient()
    {
        var problem = Reference.Problem(33, 1.3) with { Teacher = Teacher.Gaussian(7) };
        var modes = problem.Modes(ModeRepresentation.Full);
        var landscape = Landscape.Of(problem);
        var gradient = new double[33];
        var w = (double[])modes.Start.Clone();
        const double rate = 0.05;
        for (var step = 1; step <= 40; step++)
        {
            landscape.Gradient(w, gradient);
            for (var i = 0; i < w.Length; i++)
                w[i] -= rate * gradient[i];
        }

        var descent = problem.Solve(new GradientDescent { LearningRate = rate, AtSteps = [40] });
        var (s, u) = landscape.Overlaps(w);
        descent["s"][0].ShouldBe(s, 1e-13);
        descent["u"][0].ShouldBe(u, 1e-13);
        descent["loss"][0].ShouldBe(landscape.Loss(w), 1e-13);
    }

    [Fact]
    public void DistanceToTheFlowIsProportionalToTheLearningRate()
    {
        var problem = Reference.Problem(80, 1.5);
        var flow = problem.Solve(new GradientFlow { Times = [0.5, 5, 50], RelativeTolerance = 1e-12 });
        double Distance(double rate, int row) => Math.Abs(problem.Solve(new GradientDescent
        {
            LearningRate = rate,
            AtSteps = [(long)Math.Round(flow.Times[row] / rate)],
        })["u"][0] - flow["u"][row]);
        for (var row = 0; row < 3; row++)
            Math.Log2(Distance(1.0 / 512, row) / Distance(1.0 / 1024, row)).ShouldBe(1, 0.02, $"t = {flow.Times[row]}");
    }

    [Fact]
    public void DegenerateSpectraKeepTheirDigitsLate()
    {
        // 1 − s is quadratic in the deviation here; (1 − 16 η s* λ + …)^n of the slow directions alone is left.
        var problem = Reference.Problem(64, 0);
        var descent = problem.Solve(new GradientDescent { LearningRate = 0.4, AtSteps = [2000, 2001] });
        var p = descent["mse"][1];
        var factor = Math.Pow(1 - (8 * 0.4 / 64), 2);
        (descent["mse"][1] / descent["mse"][0]).ShouldBe(factor, 1e-9);

        // q' = q (1 − 24ηλ) − 12ηλ p with p' = p (1 − 8ηλ)².
        var rate = 0.4 / 64;
        var slaved = -12 * rate / (factor - (1 - (24 * rate)));
        descent["one-minus-u"][1].ShouldBe(-slaved * p, 1e-6 * p);
    }

    [Fact]
    public void EventsAreLocatedToTheStep()
    {
        var problem = Reference.Problem(100, 2);
        var all = problem.Solve(new GradientDescent { LearningRate = 0.01, AtSteps = [.. Enumerable.Range(0, 3000).Select(step => (long)step)] });
        var sparse = problem.Solve(new GradientDescent { LearningRate = 0.01, AtSteps = [0, 2999] });
        int First(Func<int, bool> condition) => Enumerable.Range(0, 3000).First(condition);
        sparse.TimeOf("crossing").ShouldBe(0.01 * First(row => all["s"][row] >= 1.0 / 3));
        sparse.TimeOf("convergence").ShouldBe(0.01 * First(row => all["one-minus-s"][row] <= 0.05 && all["one-minus-u"][row] <= 0.05));
        sparse.TimeOf("escape").ShouldBe(0, "the reference start has u(0) > 0.1");
    }

    [Fact]
    public void EventsAreTheFirstStepsWhateverIsSaved()
    {
        // One mode at a rate that overshoots: w goes around w*, in the band for single steps and from above before it stays; every step decides, not the rows.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1, 0), Teacher = Teacher.Ones(), Start = Start.FromValues([0.02]), Accuracy = 0.02 };
        foreach (DescentMethod method in new DescentMethod[] { new GradientDescent { LearningRate = 0.08 }, new SgdTheory { LearningRate = 0.08, Batch = 1_000_000 } })
        {
            var all = problem.Solve(method with { AtSteps = [.. Enumerable.Range(0, 200).Select(step => (long)step)] });
            int First(Func<int, bool> condition) => Enumerable.Range(0, 200).First(condition);
            var converged = First(row => Math.Abs(all["one-minus-s"][row]) <= 0.02 && Math.Abs(all["one-minus-u"][row]) <= 0.02);
            all["one-minus-u"].Min().ShouldBeLessThan(-0.02, "the test needs a step beyond the band");
            foreach (var steps in new long[][] { [199], [0, 7, 199], [converged - 1, 199], [converged, 199] })
            {
                var sparse = problem.Solve(method with { AtSteps = steps });
                sparse.TimeOf("escape").ShouldBe(all["t"][First(row => Math.Abs(all["u"][row]) >= 0.1)]);
                sparse.TimeOf("crossing").ShouldBe(all["t"][First(row => all["s"][row] >= 1.0 / 3)]);
                sparse.TimeOf("convergence").ShouldBe(all["t"][converged]);
                sparse["one-minus-u"][^1].ShouldBe(all["one-minus-u"][^1]);
            }
        }
    }

    [Fact]
    public void DigitsAreKeptAtRatesThatConvergeInFewSteps()
    {
        // λ = 1/2 twice, along the teacher: e ← e (1 − 12ηλ(1 + e)(2 + e)), by hand in deviations.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(2), Teacher = Teacher.Ones(), Start = Start.FromValues([0.6, 0.6]) };
        var e = -0.4;
        for (var step = 0; step < 40; step++)
            e *= 1 - (12 * 0.05 * 0.5 * (1 + e) * (2 + e));
        var descent = problem.Solve(new GradientDescent { LearningRate = 0.05, AtSteps = [40] });
        descent["mse"][0].ShouldBe(e * e, 1e-10 * e * e);
        descent["one-minus-u"][0].ShouldBe(-e, 1e-10 * Math.Abs(e));
    }

    [Fact]
    public void ThresholdOfStabilityIsSharp()
    {
        // Started near the teacher, descent converges below 2/λ_max(∇²L(w*)) and leaves above it.
        var spectrum = Spectrum.PowerLaw(30, 1.5);
        var modes = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Ones() }.Modes(ModeRepresentation.Full);
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = spectrum,
            Teacher = Teacher.Ones(),
            Start = Start.FromValues(modes.Teacher.Select((value, i) => value + (1e-6 * Math.Cos(i)))),
        };
        var limit = Eigenflow.Systems.PhaseRetrieval.Stability.LargestLearningRate(modes);
        problem.Solve(new GradientDescent { LearningRate = 0.98 * limit, AtSteps = [0, 400] })["loss"].ShouldSatisfyAllConditions(loss => loss[1].ShouldBeLessThan(loss[0]));
        problem.Solve(new GradientDescent { LearningRate = 1.02 * limit, AtSteps = [0, 400] })["loss"].ShouldSatisfyAllConditions(loss => loss[1].ShouldBeGreaterThan(100 * loss[0]));
    }

    [Fact]
    public void DivergenceKeepsTheTrajectoryAndNamesTheLargestRate()
    {
        var solution = Reference.Problem(50, 1.5).Solve(new GradientDescent { LearningRate = 5, Steps = 1000 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        solution.Status.Message.ShouldContain("diverged at step");
        solution.Status.Message.ShouldContain("use learning-rate <");
        solution.Times.Length.ShouldBeGreaterThan(0);
        foreach (var quantity in Quantities)
            solution[quantity].ShouldAllBe(value => double.IsFinite(value));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LearningRateMustBePositive(double rate) =>
        Should.Throw<ParameterException>(() => Reference.Problem(5, 1).Solve(new GradientDescent { LearningRate = rate })).Parameter.ShouldBe("learning-rate");
}
