using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Other lengths of the teacher are other units: w(t; w*, w(0)) = √s* W(s* t; w*/√s*, w(0)/√s*), where W is the flow with s* = 1 (derived).</summary>
internal static class ScalingCovariance
{
    private static readonly double[] Times = [0.1, 0.5, 1, 5, 50];

    /// <summary>s* of the longer teacher, and the largest relative difference of s, u, MSE and loss between the flow and the rescaled one.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public static (double Overlap, double Difference) Measure(CancellationToken cancellation)
    {
        const int dimension = 200;
        var spectrum = Spectrum.PowerLaw(dimension, 1.5);
        var start = Enumerable.Range(1, dimension).Select(i => Math.Cos(0.7 * i) / Math.Sqrt(dimension)).ToArray();
        var longer = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Source(-0.5) with { Normalization = TeacherNormalization.Dimension }, Start = Start.FromValues(start.Select(value => 3 * value)) };
        var overlap = longer.Modes(cancellation: cancellation).TeacherOverlap;
        var root = Math.Sqrt(overlap);
        var unit = longer with { Teacher = Teacher.Source(-0.5), Start = Start.FromValues(start.Select(value => 3 * value / root)) };
        var one = longer.Solve(new GradientFlow { Times = Times, RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        var other = unit.Solve(new GradientFlow { Times = [.. Times.Select(time => overlap * time)], RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        (string Name, double Factor)[] columns = [("s", overlap), ("u", overlap), ("mse", overlap), ("loss", overlap * overlap)];
        return (overlap, columns.Max(column => one[column.Name].Zip(other[column.Name], (left, right) => Math.Abs((left / (column.Factor * right)) - 1)).Max()));
    }

    /// <summary>The claim.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public static Claim Claim(CancellationToken cancellation)
    {
        var (overlap, difference) = Measure(cancellation);
        return Systems.Claim.AtMost(
            "scaling-covariance", $"a longer teacher is another unit: w(t; w*, w(0)) = √s* W(s* t; w*/√s*, w(0)/√s*) (d = 200, a = 1.5, s* = {DisplayNumber.Of(overlap, 3)})", 1e-8, difference, Curves.Derived,
            "largest relative difference of s, u, MSE and L at five times", PredictionKind.Exact).UpTo(Times[^1]).At("d", 200);
    }
}
