using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class RelaxationTests
{
    [Theory]
    [InlineData(100, 2.0, 1, 0.9505398618)]
    [InlineData(1000, 1.5, 100, 0.8437017339)]
    [InlineData(1_000_000, 2.0, 1e6, 0.9944823187)]
    public void SpectralRelaxationHasTheReferenceValues(int dimension, double exponent, double time, double expected)
    {
        foreach (var modes in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed, ModeRepresentation.Averaged })
            SpectralRelaxation.Of(Reference.Problem(dimension, exponent).Modes(modes), time).ShouldBe(expected, 1e-10, modes.ToString());
    }

    [Theory]
    [InlineData(2.0, 30, 0.990)]
    [InlineData(2.0, 300, 0.997)]
    [InlineData(2.0, 3000, 0.983)]
    [InlineData(1.5, 30, 0.981)]
    [InlineData(1.5, 300, 0.958)]
    [InlineData(1.5, 3000, 0.871)]
    public void MiddleRegimeIsApproachedAsStated(double exponent, double relaxed, double ratio)
    {
        var spectrum = new PowerLawSpectrum(100_000, exponent);
        var modes = (Reference.Problem(100_000, exponent) with { Spectrum = spectrum }).Modes(ModeRepresentation.Compressed);
        var time = Math.Pow(relaxed, exponent) * spectrum.Normalization / 16;
        (SpectralRelaxation.Lost(modes, time) / (1 - SpectralRelaxation.Regimes(spectrum, time).Middle)).ShouldBe(ratio, 6e-4);
    }

    // Measured values of the sharp law at d = 10⁶, teacher all ones. The measurement has the alternating start, whose mean of 9.5e-4 shows in the
    // third digit of 1 − s; the predicted value is that of large d, Σ λ_i w*_i² e^(−8λ_i t), without the start.
    [Theory]
    [InlineData(2.0, 1e4, 1.62956e-3, 1.62827e-3)]
    [InlineData(1.5, 1e5, 6.2757e-3, 6.2545e-3)]
    public void SharpLawHasTheReferenceValues(double exponent, double time, double measured, double predicted)
    {
        var problem = Reference.Problem(1_000_000, exponent);
        var modes = problem.Modes(ModeRepresentation.Compressed);
        var withoutStart = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Math.Pow(modes.Teacher[j], 2) * Math.Exp(-8 * modes.Eigenvalues[j] * time));
        (2.0 / 3 * withoutStart).ShouldBe(predicted, 1e-5 * predicted);
        problem.Solve(new GradientFlow { Times = [time], Modes = ModeRepresentation.Compressed })["one-minus-s"][0].ShouldBe(measured, 5e-6 * measured);
        new SharpLaw(modes).Shortfall(time).ShouldBe(measured, 5e-3 * measured);
    }

    // The table of docs/systems/phase-retrieval.md, section 6: (measured/law − 1)/τ₁ at d = 10⁶, teacher all ones, start on the sphere.
    [Theory]
    [InlineData(1.5, 1e3, 0.0463, 0.47, 0.46, 0.20)]
    [InlineData(1.5, 1e5, 0.00938, 0.46, 0.46, 0.21)]
    [InlineData(2.0, 1e3, 0.00772, 0.78, 0.79, 0.59)]
    [InlineData(2.0, 1e6, 0.000244, 0.69, 0.70, 0.51)]
    public void ErrorOfTheSharpLawIsOfTheOrderOfItself(double exponent, double time, double tail, double shortfall, double misalignment, double loss)
    {
        var problem = Reference.Problem(1_000_000, exponent) with { Start = Start.UnitSphere(seed: 1) };
        var flow = problem.Solve(new GradientFlow { Times = [time], Modes = ModeRepresentation.Compressed, RelativeTolerance = 1e-10 });
        var law = new SharpLaw(problem.Modes(ModeRepresentation.Compressed), Math.Sign(flow["u"][0]));
        law.Tail(time).ShouldBe(tail, 0.006 * tail);
        var (u, s) = (flow["one-minus-u"][0], flow["one-minus-s"][0]);
        double Order(double measured, double predicted) => ((measured / predicted) - 1) / law.Tail(time);
        Order(s, law.Shortfall(time)).ShouldBe(shortfall, 0.006);
        Order(u, law.Misalignment(time)).ShouldBe(misalignment, 0.006);
        Order(flow["loss"][0], law.Loss(time)).ShouldBe(loss, 0.006);
    }

    [Fact]
    public void SharpLawOfTheLossHasTheReferenceValues()
    {
        var problem = Reference.Problem(1_000_000, 2);
        var modes = problem.Modes(ModeRepresentation.Compressed);
        var withoutStart = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Math.Pow(modes.Teacher[j], 2) * Math.Exp(-16e4 * modes.Eigenvalues[j]));
        (4 * withoutStart).ShouldBe(6.9075e-3, 1e-7);
        problem.Solve(new GradientFlow { Times = [1e4], Modes = ModeRepresentation.Compressed })["loss"][0].ShouldBe(6.9032e-3, 5e-8);
    }

    [Fact]
    public void FrozenPhaseKeepsTheFlowUntilConvergence()
    {
        var problem = Reference.Problem(300, 1.5) with { Accuracy = 0.1 };
        var flow = problem.Solve(new GradientFlow { Until = 1e4 });
        var frozen = problem.Solve(new FrozenPhase { Until = 1e4 });
        var converged = flow.TimeOf("convergence");
        for (var row = 0; row < flow.Times.Length; row++)
        {
            if (flow.Times[row] <= converged)
                frozen["mse"][row].ShouldBe(flow["mse"][row], 1e-12);
            else if (flow["mse"][row] > 1e-3)
                frozen["mse"][row].ShouldBe(flow["mse"][row], 0.05 * flow["mse"][row]);
        }
    }
}
