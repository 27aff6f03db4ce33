using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class FlowReferenceTests
{
    // The printed values carry ten decimals; MSE and L at late times nine significant digits. The reference prints L = 2.51671988e-5 for
    // d = 200, a = 1.2, t = 1000: its form 3s² + 3 − 4u² − 2s cancels there, and the ninth digit is rounding (7e-14 of values near one).
    // A Taylor integrator in 128-bit arithmetic gives 2.516719808610514e-5.
    [Theory]
    [InlineData(100, 2.0, 0, 0.0130180757, 0.1107749855, 0.8202633404, 2.9253878698)]
    [InlineData(100, 2.0, 1, 0.8299351274, 0.8263892623, 0.7889189889, 0.6748298409)]
    [InlineData(100, 2.0, 10, 0.9542965776, 0.9559160385, 0.6949725550, 0.1683508280)]
    [InlineData(100, 2.0, 100, 0.9886391367, 0.9895404240, 0.4519108451, 0.0381827514)]
    [InlineData(100, 2.0, 1000, 0.9984740414, 0.9988655719, 0.0776617222, 0.00297342852)]
    [InlineData(200, 1.2, 10, 0.7818459067, 0.7784258128, 0.7005744234, 0.8463702680)]
    [InlineData(200, 1.2, 1000, 0.9997209975, 0.9998573719, 6.22772034e-5, 2.5167198086105e-5)]
    [InlineData(100, 0.0, 10, 0.0927283114, 0.3011540845, 0.4904201422, 2.4775638661)]
    public void FlowHasTheReferenceValues(int dimension, double exponent, double time, double s, double u, double mse, double loss)
    {
        foreach (var modes in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var flow = Reference.Problem(dimension, exponent).Solve(new GradientFlow { Times = [time], RelativeTolerance = 1e-11, Modes = modes });
            flow["s"][0].ShouldBe(s, 2e-10);
            flow["u"][0].ShouldBe(u, 2e-10);
            flow["mse"][0].ShouldBe(mse, Math.Max(1e-9 * mse, 2e-14));
            flow["loss"][0].ShouldBe(loss, Math.Max(1e-9 * loss, 2e-14));
        }
    }

    [Fact]
    public void EventsHaveTheReferenceTimes()
    {
        Crossing(100, 2).ShouldBe(0.32963475, 1e-8);
        Crossing(200, 1.2).ShouldBe(1.44674008, 1e-8);
        Convergence(0.1).ShouldBe(2.64138343, 1e-8);
        Convergence(0.01).ShouldBe(120.832464, 1e-6);

        static double Crossing(long dimension, double exponent) =>
            Reference.Problem(dimension, exponent).Solve(new GradientFlow { RelativeTolerance = 1e-10, Until = 10 }).TimeOf("crossing");

        static double Convergence(double accuracy) => (Reference.Problem(100, 2) with { Accuracy = accuracy })
            .Solve(new GradientFlow { RelativeTolerance = 1e-10, Until = 200 }).TimeOf("convergence");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void SignChangingInputHasTheReferenceValues(int sign)
    {
        // The reference turns w* such that u(0) > 0, which is the sign −1 here; with +1 only the sign of u differs.
        var flow = Reference.SignChanging(sign).Solve(new GradientFlow { Times = [0, 1, 10, 1000, 1e4], RelativeTolerance = 1e-11 });
        double[] u = [0.0329067564962, 0.231311044197, 0.876329028026, 0.993211010626, 0.999497830850];
        double[] s = [0.0047849416066, 0.288244410400, 0.879440187479, 0.992820560177, 0.999285038919];
        for (var row = 0; row < u.Length; row++)
        {
            flow["u"][row].ShouldBe(-sign * u[row], 2e-11);
            flow["s"][row].ShouldBe(s[row], 2e-11);
        }

        flow["mse"][1].ShouldBe(1.952994081974, 2e-11);
        flow["mse"][2].ShouldBe(1.858529180032, 2e-11);
        flow["mse"][3].ShouldBe(0.915030576886, 5e-11);
        flow["mse"][4].ShouldBe(0.085229175125, 5e-11);
    }

    [Fact]
    public void FinalSignIsThatOfTheEscapeCoefficient()
    {
        // u(0) = +0.01, and yet the student converges to −w*.
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = Eigenflow.Spectra.Spectrum.FromValues([0.8, 0.2]),
            Teacher = Teacher.FromValues([1, 1]),
            Start = Start.FromValues([-0.1, 0.45]),
        };
        var flow = problem.Solve(new GradientFlow { Times = [0, 1000] });
        flow["u"][0].ShouldBe(0.01, 1e-12);
        flow["u"][1].ShouldBe(-1, 1e-12);
        flow["mse"][1].ShouldBeLessThan(1e-12);
        EscapeTheory.Of(problem.Modes()).Coefficient.ShouldBeLessThan(0);
    }
}
