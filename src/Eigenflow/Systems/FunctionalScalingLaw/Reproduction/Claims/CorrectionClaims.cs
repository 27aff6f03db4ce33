using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Claims: logarithms of WSD in the easy regime, where the printed statements need corrections.</summary>
internal static class CorrectionClaims
{
    private const double Capacity = 2;
    private const double Difficulty = 1;
    private const double Fraction = 0.5;
    private const string Window = "easy regime, s ≥ 1 − 1/β";
    private static readonly double[] Budgets = [1e8, 1e12, 1e16];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var exponents = new TunedExponents(Capacity, Difficulty);
        var claims = new List<Claim>();
        double[] rates = [.. Budgets.Select(data => BestRate(data, double.PositiveInfinity).Peak / Math.Pow(data, exponents.DecayRate))];
        Add("wsd-rate", "the best peak of WSD in the easy regime has the logarithm to the power −(β − 1)/(1 + sβ); the minus sign is missing in print", rates, exponents.WsdRateLogarithm, "D");
        double[] sizes = [.. Budgets.Select(compute => BestSize(compute) / Math.Pow(compute, exponents.DecayModel))];
        Add("wsd-size", "the best model size of WSD in the easy regime has the logarithm to the power −(1 − 1/β)/(2 + sβ); in print −1/(2 + sβ)", sizes, exponents.WsdModelLogarithm, "C");
        var printed = Spread(sizes, -1 / (2 + (Difficulty * Capacity)));
        claims.Add(Claim.AtLeast("wsd-size-printed", "with the printed power its ratio to the prediction drifts (the same)", 1.04, printed, LawCurves.Derived, "last over first ratio between C = 10^{8} and 10^{16}").UpTo(Budgets[^1], "C").Over(Window));
        claims.Add(Claim.AtMost("wsd-rate-printed", "with the printed sign the ratio of the best peak to the prediction drifts (the same)", 0.7, Spread(rates, -exponents.WsdRateLogarithm), LawCurves.Derived, "last over first ratio between D = 10^{8} and 10^{16}").UpTo(Budgets[^1], "D").Over(Window));
        return new ReproductionResult { Claims = claims };

        void Add(string id, string statement, double[] values, double power, string budget) => claims.Add(Claim.Relative(
            id, $"{statement} (s = 1, β = 2, σ² = 1, K₂ = K/2)", 1, Spread(values, power), 0.03, LawCurves.Derived,
            $"minimum of the theorem's right-hand side; last over first ratio to the prediction between {budget} = 10^{{8}} and 10^{{16}} ({string.Join(", ", values.Zip(Budgets, (value, at) => DisplayNumber.Of(value / Math.Pow(Math.Log(at), power), 3)))})", PredictionKind.Asymptotic).UpTo(Budgets[^1], budget).Over(Window));
    }

    private static double Spread(double[] values, double power) => values[^1] / Math.Pow(Math.Log(Budgets[^1]), power) / (values[0] / Math.Pow(Math.Log(Budgets[0]), power));

    // The theorem's right-hand side for a model of any size, without its floor.
    private static (double Peak, double Loss) BestRate(double data, double size)
    {
        var (place, loss) = ScalarMinimum.Find(logarithm => Loss(Math.Exp(logarithm)), -40, 3, 200);
        return (Math.Exp(place), loss);

        double Loss(double peak)
        {
            var final = peak / data;
            var decay = ClosedForms.DecayTime(peak, final, Fraction * data);
            return Math.Pow((peak * data * (1 - Fraction)) + decay, -Difficulty) + final + ((peak - final) * Math.Min(size, Math.Pow(decay, 1 / Capacity)) / decay);
        }
    }

    private static double BestSize(double compute)
    {
        var (place, _) = ScalarMinimum.Find(
            logarithm => Math.Exp(-Difficulty * Capacity * logarithm) + BestRate(compute / Math.Exp(logarithm), Math.Exp(logarithm)).Loss, 0, 0.8 * Math.Log(compute), 200, 1e-8);
        return Math.Exp(place);
    }
}
