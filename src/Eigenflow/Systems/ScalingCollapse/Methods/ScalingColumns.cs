using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The columns of solutions.</summary>
internal static class ScalingColumns
{
    public static readonly NamedQuantity Place = new("x", "x", "Place in the horizon: compute, tokens or steps over those at the end of the run, after a warm-up.") { AxisLabel = "place in the horizon x" };
    public static readonly NamedQuantity Step = new("step", "k", "Number of update steps of the own model.");
    public static readonly NamedQuantity Time = new("t", "t", "Tokens of the law; flow time τ = Σ η_k of the regression.") { AxisLabel = "t" };
    public static readonly NamedQuantity Loss = new("loss", "E", "Loss without the irreducible part: Σ a_i t^(−μ_i) p^(−ν_i) of the law, excess risk ½ Σ λ_j δ_j² + D_M of the regression (σ²/2 is not in it).") { AxisLabel = "excess loss E" };
    public static readonly NamedQuantity Reducible = new("reducible", "E − offset", "Loss less the offset: what is left where the irreducible loss is subtracted with an error.");
    public static readonly NamedQuantity Normalized = new("normalized", "ℓ", "Reducible loss over that of the same run at its end.") { AxisLabel = "normalised loss ℓ" };
    public static readonly NamedQuantity Trace = new("trace", "Tr Σ", "Trace of the covariance of mini-batch gradients.");
    public static readonly NamedQuantity Deviation = new("deviation", "Δ", "Collapse deviation: standard deviation of ℓ over the models of the ladder, and over seeds where there is noise, over its mean; population variances, models of equal weight.") { AxisLabel = "deviation Δ, floor σ" };
    public static readonly NamedQuantity Floor = new("floor", "σ̄", "Noise floor: standard deviation of the reducible loss over seeds over its mean, root mean square over the models.");

    /// <summary>Name of the summary number of the deviation.</summary>
    public const string RmsDeviation = "rms-deviation";

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Place, Step, Time, Loss, Reducible, Normalized, Trace, Deviation, Floor];

    /// <summary>The losses and normalised losses of each of several models.</summary>
    /// <param name="sizes">M of the models.</param>
    /// <param name="losses">E of each at the rows, mean over seeds.</param>
    /// <param name="normalized">ℓ of each at the rows, mean over seeds.</param>
    public static IEnumerable<Observable> OfModels(IEnumerable<double> sizes, IReadOnlyList<double[]> losses, IReadOnlyList<double[]> normalized)
    {
        double[] all = [.. sizes];
        return [.. all.Select((size, k) => Of(Loss, "Excess loss", size).Column(losses[k])), .. all.Select((size, k) => Of(Normalized, "Normalised loss", size).Column(normalized[k]))];
    }

    /// <summary>The models whose curves of a quantity a solution has one by one: the columns, and M as it is written.</summary>
    public static IEnumerable<(string Column, string Size)> ModelsOf(Solution solution, NamedQuantity quantity) =>
        solution.Observables.Select(column => column.Name).Where(name => name.StartsWith(quantity.Name + "-", StringComparison.Ordinal) && !ReplicaColumns.IsSpread(name)).Select(name => (name, name[(quantity.Name.Length + 1)..]));

    private static NamedQuantity Of(NamedQuantity quantity, string words, double size) =>
        new($"{quantity.Name}-{size.ToString("R", CultureInfo.InvariantCulture)}", $"{quantity.Symbol}_{size.ToString("R", CultureInfo.InvariantCulture)}", $"{words} of the model of this size, mean over seeds.");

    /// <summary>Root mean square of the deviation over the rows before the end, where it is zero by definition; nothing where there are none.</summary>
    /// <param name="places">x of the rows.</param>
    /// <param name="deviations">Δ there.</param>
    public static IEnumerable<SummaryNumber> Spread(double[] places, double[] deviations)
    {
        double[] before = [.. deviations.Where((deviation, row) => places[row] < 1 && double.IsFinite(deviation)).Select(deviation => deviation * deviation)];
        if (before.Length > 0)
            yield return new SummaryNumber(RmsDeviation, "rms Δ", Math.Sqrt(before.Average()), "Root mean square of the collapse deviation over the rows before the end of the horizon.");
    }
}
