using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The deterministic reference problems: values from independent stiff solvers at rtol 1e-11.</summary>
internal static class Reference
{
    public static PhaseRetrievalProblem Problem(long dimension, double exponent) => new()
    {
        Spectrum = Spectrum.PowerLaw(dimension, exponent),
        Teacher = Teacher.Ones(),
        Start = Start.Alternating(),
    };

    /// <summary>d = 256, a = 2, w*_i ∝ cos(1.7 i), w_i(0) ∝ sin(0.9 i), ‖w(0)‖ = 1: u starts negative for this sign of w*.</summary>
    public static PhaseRetrievalProblem SignChanging(int sign)
    {
        var numbers = Enumerable.Range(1, 256).ToArray();
        var start = numbers.Select(i => Math.Sin(0.9 * i)).ToArray();
        var norm = Math.Sqrt(start.Sum(value => value * value));
        return new PhaseRetrievalProblem
        {
            Spectrum = Spectrum.PowerLaw(256, 2),
            Teacher = Teacher.FromValues(numbers.Select(i => sign * Math.Cos(1.7 * i))),
            Start = Start.FromValues(start.Select(value => value / norm)),
        };
    }
}
