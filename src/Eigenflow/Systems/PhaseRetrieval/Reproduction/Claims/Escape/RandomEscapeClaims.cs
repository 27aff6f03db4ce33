using Eigenflow.Solutions;
using Eigenflow.Spectra;
using MathNet.Numerics.Statistics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the escape time over random starts, and how often u ends with the other sign than it starts with.</summary>
internal static class RandomEscapeClaims
{
    private const int Starts = 400;
    private const double Errors = 3;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation) => new()
    {
        Claims = [.. Times(1000, 1.5, PartialProgress.Of(progress, 0, 2), cancellation), .. Signs(100, 2, PartialProgress.Of(progress, 1, 2), cancellation)],
    };

    private static IEnumerable<Claim> Times(long dimension, double exponent, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = EscapeModeClaims.Problem(dimension, exponent);
        var law = RandomEscape.Of(problem.Modes(cancellation: cancellation), problem.EscapeThreshold);
        var (times, shifts) = (new double[Starts], new double[Starts]);
        for (var k = 0; k < Starts; k++)
        {
            progress?.Report(new Progress((double)k / Starts, "random starts"));
            var drawn = problem with { Start = Start.Gaussian(k + 1) };
            var flow = drawn.Solve(new GradientFlow { Times = [20], KeepsDenseOutput = false, RelativeTolerance = 1e-6 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            times[k] = flow.TimeOf(PhaseEvents.Escape);
            var corrected = CorrectedEscape.Of(drawn, drawn.Modes(cancellation: cancellation));
            shifts[k] = corrected.Time - corrected.Linear;
        }

        // The law is that of the linear time; what all exponentials and the saturation add to it is known start by start.
        var shift = Math.Abs(shifts.Average());
        var (mean, deviation) = (times.Average(), times.StandardDeviation());
        var error = deviation / Math.Sqrt(Starts);
        var kurtosis = times.Average(time => Math.Pow((time - mean) / deviation, 4));
        var deviationError = deviation * Math.Sqrt((kurtosis - 1) / (4 * Starts));
        var deviationShift = Math.Abs(times.Zip(shifts, (time, own) => time - own).StandardDeviation() - deviation);
        var named = $"d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)}, δ = 0.1";
        var obtained = $"gradient flow from {Starts} normal starts of variance 1/d, teacher all ones; standard error";
        yield return Claim.Absolute(
            "escape-random-mean", $"mean of T₁ over random starts: [ln(δ√(8dD′)) + 0.635]/ρ ({named})", law.Mean, mean, (Errors * error) + shift, Curves.Derived,
            $"{obtained} {DisplayNumber.Of(error, 2)}; tolerance 3 of them and {DisplayNumber.Of(shift, 2)}, the mean of T_modal + T_c − 2T_lin", PredictionKind.Asymptotic).UpTo(times.Max()).At("d", dimension).At("starts", Starts);
        yield return Claim.Absolute(
            "escape-random-deviation", $"standard deviation of T₁ over random starts: 1.1107/ρ ({named})", law.Deviation, deviation, (Errors * deviationError) + deviationShift, Curves.Derived,
            $"{obtained} {DisplayNumber.Of(deviationError, 2)}; tolerance 3 of them and {DisplayNumber.Of(deviationShift, 2)}, what the corrections of T₁ change", PredictionKind.Asymptotic).UpTo(times.Max()).At("d", dimension).At("starts", Starts);
    }

    private static IEnumerable<Claim> Signs(long dimension, double exponent, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = EscapeModeClaims.Problem(dimension, exponent);
        var probability = RandomEscape.Of(problem.Modes(cancellation: cancellation), problem.EscapeThreshold).SignChange;
        var (changed, foreseen) = (0, 0);
        for (var k = 0; k < Starts; k++)
        {
            progress?.Report(new Progress((double)k / Starts, "signs"));
            var drawn = problem with { Start = Start.Gaussian(k + 1) };
            var modes = drawn.Modes(cancellation: cancellation);
            var flow = drawn.Solve(new GradientFlow { Times = [20], KeepsDenseOutput = false, RelativeTolerance = 1e-6 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var sign = Math.Sign(flow["u"][^1]);
            changed += sign != Math.Sign(modes.Moments(1).Cross) ? 1 : 0;
            foreseen += sign == Math.Sign(EscapeTheory.Of(modes).Coefficient) ? 1 : 0;
        }

        var error = Math.Sqrt(probability * (1 - probability) / Starts);
        var named = $"d = {DisplayNumber.Of(dimension)}, a = {DisplayNumber.Of(exponent)}";
        yield return Claim.Absolute(
            "escape-sign-change", $"probability that u ends with the other sign than it starts with: arccos(r)/π ({named})", probability, (double)changed / Starts, Errors * error, Curves.Derived,
            $"gradient flow from {Starts} normal starts, {changed} of which change; tolerance 3 standard errors of the predicted probability", PredictionKind.Asymptotic).UpTo(20).At("d", dimension).At("starts", Starts);
        yield return Claim.AtLeast(
            "escape-sign-of-c", $"the final sign of u is that of C for 99 % of the starts ({named})", 0.99, (double)foreseen / Starts, Curves.Derived,
            $"gradient flow from {Starts} normal starts, {foreseen} of which end with the sign of C", PredictionKind.Asymptotic).UpTo(20).At("d", dimension).At("starts", Starts);
    }
}
