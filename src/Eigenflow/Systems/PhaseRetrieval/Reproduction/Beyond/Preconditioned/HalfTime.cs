using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Times of preconditioned flows.</summary>
internal static class HalfTime
{
    private const int Rows = 400;

    // Of the relaxation of the last mode, or of the escape.
    private const double Beyond = 10;

    /// <summary>The problem of this part: a power law, teacher all ones, typical or alternating start, s* = 1, so that the MSE begins near one.</summary>
    public static PhaseRetrievalProblem Problem(long dimension, double exponent, double preconditioner) =>
        new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Preconditioner = preconditioner };

    /// <summary>T(MSE = ½) of the flow, by the parabola through three rows in ln t, and the escape rate. Full modes keep dense output.</summary>
    public static (double Time, double Rate, Solution Flow) Of(PhaseRetrievalProblem problem, ModeRepresentation representation, CancellationToken cancellation)
    {
        var modes = problem.Rotation != 0 ? RotatedModes.Of(problem) : problem.Modes(representation, cancellation);
        var end = Beyond * Math.Max(1 / (8 * modes.SmallestRate), EscapeTheory.Of(modes).TimeTo(1));
        var flow = problem.Solve(new GradientFlow { Modes = representation, Points = Rows, Until = end, RelativeTolerance = representation == ModeRepresentation.Full ? 1e-8 : 1e-6, KeepsDenseOutput = representation == ModeRepresentation.Full }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var row = Array.FindIndex(flow["mse"], value => value <= 0.5);
        double[] x = [.. flow.Times[(row - 1)..(row + 2)].Select(time => Math.Log(time))], y = flow["mse"][(row - 1)..(row + 2)];
        var logarithm = ScalarRoot.Find(Parabola, x[0], x[1]);
        return (Math.Exp(logarithm), EscapeTheory.Of(modes).Rate, flow);

        double Parabola(double value)
        {
            var (first, second) = ((y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[1]) / (x[2] - x[1]));
            return y[0] + ((value - x[0]) * (first + ((value - x[1]) * (second - first) / (x[2] - x[0])))) - 0.5;
        }
    }
}
