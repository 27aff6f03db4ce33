namespace Eigenflow.Systems;

/// <summary>
/// Collects the predictions of a setting: checks the window that each declares (<see cref="PredictedQuantity.Window"/>), gives values only where what they
/// require holds, and says why otherwise. Numbers that several windows use are computed once, and only when one asks for them.
/// </summary>
/// <param name="declared">Names, symbols, meanings and windows of all predictions of the system.</param>
public sealed class PredictionList(IReadOnlyList<PredictedQuantity> declared)
{
    private readonly List<Prediction> predictions = [];
    private readonly Dictionary<string, Lazy<double>> quantities = new(StringComparer.Ordinal);

    /// <summary>What has been added, in this order.</summary>
    public IReadOnlyList<Prediction> Predictions => predictions;

    /// <summary>Says how a number that windows name is computed.</summary>
    /// <param name="name">The number as <see cref="WindowCondition.Quantity"/> names it.</param>
    /// <param name="value">Computes it; not a number where it does not exist.</param>
    public void Measure(string name, Func<double> value) => quantities[name] = new Lazy<double>(value);

    /// <summary>Adds a prediction.</summary>
    /// <param name="name">Its name, one of the declared ones.</param>
    /// <param name="value">Computes the number; called only where all that is required holds.</param>
    /// <param name="kind">What it promises.</param>
    /// <param name="source">Paper and equation, or <c>derived</c> with where.</param>
    /// <param name="validity">Window in words; empty when everywhere.</param>
    /// <param name="unit">Unit, or empty.</param>
    /// <param name="withheld">Why there is no value for this kind of setting at all; empty where there may be one.</param>
    /// <param name="range">The abscissae between which a law holds; null for none.</param>
    /// <param name="place">The abscissa at which a value is stated; null for none.</param>
    public void Add(string name, Func<double> value, PredictionKind kind, string source, string validity = "", string unit = "", string withheld = "", (double From, double To)? range = null, double? place = null)
    {
        var quantity = declared.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
        var checks = new List<WindowCheck>();
        foreach (var condition in withheld.Length > 0 ? [] : quantity.Window)
        {
            // What is required comes first: later numbers may not exist without it.
            var check = new WindowCheck(condition, quantities[condition.Quantity].Value);
            checks.Add(check);
            if (condition.IsRequired && !check.Holds)
            {
                withheld = check.ToString();
                break;
            }
        }

        var number = withheld.Length > 0 ? double.NaN : value();
        if (withheld.Length == 0 && !double.IsFinite(number))
            withheld = "the formula has no finite value here";
        predictions.Add(new Prediction(name, quantity.Symbol, withheld.Length > 0 ? double.NaN : number, kind, source, validity, quantity.Meaning, unit) { Words = quantity.Words, Methods = quantity.Methods, Checks = checks, Withheld = withheld, Range = withheld.Length > 0 ? null : range, Place = place });
    }

    /// <summary>Adds a prediction that is a number already.</summary>
    /// <param name="name">Its name, one of the declared ones.</param>
    /// <param name="value">The number.</param>
    /// <param name="kind">What it promises.</param>
    /// <param name="source">Paper and equation, or <c>derived</c> with where.</param>
    /// <param name="validity">Window in words; empty when everywhere.</param>
    /// <param name="unit">Unit, or empty.</param>
    public void Add(string name, double value, PredictionKind kind, string source, string validity = "", string unit = "") => Add(name, () => value, kind, source, validity, unit);

    /// <summary>Adds predictions that have no value for this kind of setting.</summary>
    /// <param name="quantities">The predictions.</param>
    /// <param name="source">Paper and equation, or <c>derived</c> with where.</param>
    /// <param name="reason">Why there is none.</param>
    public void Withhold(IEnumerable<PredictedQuantity> quantities, string source, string reason)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        foreach (var quantity in quantities)
            Add(quantity.Name, () => double.NaN, PredictionKind.Heuristic, source, withheld: reason);
    }
}
