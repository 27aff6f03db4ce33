using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Times of preconditioned flows.</summary>
internal static class HalfTime
{
    private const int Rows = 120;

    /// <summary>The problem of this part: a power law, teacher all ones, typical or alternating start, s* = 1, so that the MSE begins near one.</summary>
    public static PhaseRetrievalProblem Problem(long dimension, double exponent, double preconditioner) =>
        new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Preconditioner = preconditioner };

    /// <summary>T(MSE = ½) of the flow, by its dense output.</summary>
    public static (double Time, Solution Flow) Of(PhaseRetrievalProblem problem, ModeRepresentation representation, CancellationToken cancellation)
    {
        var flow = problem.Solve(new GradientFlow { Modes = representation, Points = Rows }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var row = Array.FindIndex(flow["mse"], value => value <= 0.5);
        var logarithm = ScalarRoot.Find(value => flow.At(Math.Exp(value))["mse"] - 0.5, Math.Log(flow.Times[row - 1]), Math.Log(flow.Times[row]));
        return (Math.Exp(logarithm), flow);
    }
}
