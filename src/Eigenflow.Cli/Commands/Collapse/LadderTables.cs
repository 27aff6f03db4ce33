using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Cli;

/// <summary>The tables of <c>collapse</c> for ladders.</summary>
internal static class LadderTables
{
    private const int MostDetailed = 4;
    private const int MostTransfers = 20;
    private static readonly double[] Places = [0.1, 0.25, 0.5, 0.75, 0.9];

    public static IReadOnlyList<Table> Of(LadderStudy study) =>
    [
        .. study.Ladders.Count > 0 ? (Table[])[Offsets(study), Ladders(study)] : [],
        .. study.Ladders.Take(MostDetailed).Select(ladder => Detail(ladder, study.Ladders.Count)),
        .. study.Horizons.Any(horizon => horizon.Frontier is not null || horizon.Collapse is not null) ? (Table[])[Horizons(study)] : [],
        .. study.Transfers.Count > 0 ? (Table[])[Transfers(study)] : [],
    ];

    /// <summary>Everything on the grid, for programs.</summary>
    public static Table Curves(LadderStudy study) => new("curves", "",
        ["schedule", "x", "mean", "delta", "mean_floor", "between", "within", "drift", "drift_lower", "drift_upper", "f_ratio", "significant", "size", "size_mean", "size_floor"],
        [.. study.Ladders.SelectMany(ladder => Enumerable.Range(0, ladder.Curves.Models).SelectMany(m => Rows(ladder, m)))]);

    private static IEnumerable<IReadOnlyList<string>> Rows(LadderAnalysis ladder, int model)
    {
        var (s, mean) = (ladder.Statistics, ladder.Curves.ModelMean(model));
        for (var i = 0; i < s.X.Length; i++)
        {
            var isTested = ladder.Test is { } test && i < test.X.Length;
            yield return
            [
                ladder.Schedule, Full(s.X[i]), Full(s.Mean[i]), Full(s.Delta[i]), Full(s.MeanFloor[i]), Full(s.Between[i]), Full(s.Within[i]), Full(ladder.Drift.Slope[i]), Full(ladder.Drift.Lower[i]), Full(ladder.Drift.Upper[i]),
                isTested ? Full(ladder.Test!.Ratio[i]) : "", isTested ? ladder.Test!.IsSignificant[i] ? "1" : "0" : "", Full(ladder.Curves.Sizes[model]), Full(mean[i]), Full(s.Floor[model][i]),
            ];
        }
    }

    /// <summary>Predicted curves, for programs: with α and ρ of the other targets, where there are any.</summary>
    public static Table Predictions(LadderStudy study) => new("transfers", "", ["schedule", "size", "seed", "time", "tau", "counts", "measured", "no_model", "reduced", "full", "ratio"],
    [
        .. study.Transfers.Select(pair => pair.Others ?? pair.Fitted).SelectMany(one => Enumerable.Range(0, one.Tau.Length).Select(k => (IReadOnlyList<string>)
        [
            one.Target.Schedule, Full(one.Target.Size), one.Target.Seed, Full(one.Target.Times[k]), Full(one.Tau[k]), k >= one.Start ? "1" : "0", Full(one.Target.Losses[k]), Full(one.WithoutModel[k]),
            Full(one.Reduced?[k] ?? double.NaN), Full(one.Full?[k] ?? double.NaN), Full(one.Ratio?[k] ?? double.NaN),
        ])),
    ]);

    private static Table Offsets(LadderStudy study) => new("offsets", "End points: L = L0 + a c^(−b) over compute c, and horizons t* = κ p^γ", ["schedule", "sizes p", "seeds", "end times", "γ used", "L0", "interval", "b", "R² of ln L", "L0 of least Δ", "γ off by"],
    [
        .. study.Ladders.Select(ladder => (IReadOnlyList<string>)
        [
            Name(ladder.Schedule), $"{ladder.Curves.Models}: {DisplayNumber.Range(ladder.Curves.Sizes[0], ladder.Curves.Sizes[^1], 3)}", Seeds(ladder), DisplayNumber.Range(ladder.Horizon.Times.Min(), ladder.Horizon.Times.Max(), 3),
            Interval(Rounded(ladder.Horizon.Exponent), Rounded(ladder.Horizon.Lower), Rounded(ladder.Horizon.Upper)), ladder.Fit is { } fit ? DisplayNumber.Of(fit.Floor) : "—", ladder.Fit is { IsGiven: true } ? "given" : Range(ladder.Fit?.Lower, ladder.Fit?.Upper),
            Number(ladder.Fit?.Exponent), Number(ladder.Fit?.Determination), DisplayNumber.Of(ladder.Scan.Best, 3),
            ladder.Error is not { } error ? "—" : error.HasSize ? Interval(error.Value, error.Lower, error.Upper) : !error.IsTold ? "not told" : error.Value > 0 ? "too large" : "too small",
        ]),
    ]);

    private static Table Ladders(LadderStudy study) => new("ladders", "Spread Δ of normalised curves over x < 1", ["schedule", "rms Δ", "with L0's interval", "median Δ", "Δ at 1/2", "largest from 0.2", "onset", "Δ/σ", "models differ on", "S", "verdict"],
    [
        .. study.Ladders.Select(ladder => (IReadOnlyList<string>)
        [
            Name(ladder.Schedule), Percent(ladder.Statistics.RootMeanSquare), double.IsNaN(ladder.Spread.Lower) ? "—" : $"{Percent(ladder.Spread.Lower)} to {Percent(ladder.Spread.Upper)}", Percent(ladder.Statistics.Median),
            Percent(ladder.Statistics.AtHalf), Percent(ladder.Statistics.LargestLate), Number(ladder.Statistics.Onset, 2) + (double.IsNaN(ladder.Spread.OnsetLower) ? "" : $" ({DisplayNumber.Range(ladder.Spread.OnsetLower, ladder.Spread.OnsetUpper, 2)})"), Number(ladder.Statistics.LateRatio, 3), Percent(ladder.Test?.Share ?? double.NaN),
            Number(ladder.Quality?.S, 3), ladder.Verdict.Word,
        ]),
    ]);

    private static Table Detail(LadderAnalysis ladder, int count)
    {
        var s = ladder.Statistics;
        return new("detail", $"At parts x of training{(count > 1 ? $": {Name(ladder.Schedule)}" : "")}", ["x", "mean ℓ", "Δ", "σ", "between models", "d ln ℓ/d ln p", "interval", "F"],
        [
            .. Places.Select(place => ladder.Drift.Nearest(place)).Distinct().Where(i => s.X[i] < 1 - 1e-9).Select(i => (IReadOnlyList<string>)
            [
                DisplayNumber.Of(s.X[i]), DisplayNumber.Of(s.Mean[i]), Percent(s.Delta[i]), Percent(s.MeanFloor[i]), s.HasFloor ? Percent(s.Between[i] / (s.Between[i] + s.Within[i]), 2) : "—", DisplayNumber.Of(ladder.Drift.Slope[i], 3),
                Range(ladder.Drift.Lower[i], ladder.Drift.Upper[i]), ladder.Test is { } test ? Number(test.Ratio[Array.IndexOf(test.X, s.X[i])], 3) : "—",
            ]),
        ]);
    }

    private static Table Horizons(LadderStudy study) => new("horizons", "Horizon exponents γ of t* = κ p^γ by constant-rate runs", ["constant runs", "by the frontier", "points", "by collapse", "spread there", "L0", "used"],
    [
        .. study.Horizons.Select(horizon => (IReadOnlyList<string>)
        [
            Name(horizon.Schedule), horizon.Frontier is { } frontier ? Interval(frontier.Exponent, frontier.Lower, frontier.Upper) : "—", horizon.Frontier?.Computes.Length.ToString(CultureInfo.InvariantCulture) ?? "—",
            horizon.Collapse is { } collapse ? Interval(collapse.Exponent, collapse.Lower, collapse.Upper) + (collapse.IsAtEdge ? " (edge)" : "") : "—", Percent(horizon.Collapse?.RootMeanSquare ?? double.NaN), horizon.Collapse is { } shape ? $"{DisplayNumber.Of(shape.Offset)} ({(shape.IsOffsetGiven ? "given" : "fitted with γ")})" : "—",
            string.Join(", ", study.Ladders.Select(ladder => DisplayNumber.Of(Rounded(ladder.Horizon.Exponent), 3)).Distinct(StringComparer.Ordinal)),
        ]),
    ]);

    private static Table Transfers(LadderStudy study) => new(
        "transfers", "Schedules predicted from the constant-rate run of the same size: rms error of the loss", ["target", "size", "no model", "reduced", "full", "ratio", study.Alphas.Count > 0 ? "α" : "α (blocks along the run)", "reduced, α of others", "ρ η", "ratio, ρ of others"],
        [.. study.Transfers.Take(MostTransfers).Select(pair => Row(pair, study.Alphas.Count == 0))],
        study.Transfers.Count > MostTransfers ? $"{MostTransfers} of {study.Transfers.Count}; --format json has all" : "");

    // Blocks along one run do not see the noise that its records share: where there are several runs their scatter is said below the table instead.
    private static IReadOnlyList<string> Row(TransferPair pair, bool hasInterval)
    {
        var (one, others) = (pair.Fitted, pair.Others);
        var peak = one.Target.LearningRates!.Max();
        return
        [
            Name(one.Target.Schedule), DisplayNumber.Of(one.Target.Size, 3), Number(one.ErrorOf(one.WithoutModel), 3), Number(one.ErrorOf(one.Reduced), 3), Number(one.ErrorOf(one.Full), 3), Number(one.ErrorOf(one.Ratio), 3),
            hasInterval && !double.IsNaN(one.AlphaLower) ? Interval(one.Alpha, one.AlphaLower, one.AlphaUpper) : Number(one.Alpha, 3), Number(others?.ErrorOf(others.Reduced), 3), Number(one.Curvature * peak, 3), Number(others?.ErrorOf(others.Ratio), 3),
        ];
    }

    // Exponents of end times that differ by a token or a step are none.
    private static double Rounded(double exponent) => Math.Round(exponent, HorizonUsed.Decimals);

    internal static string Name(string schedule) => schedule.Length > 0 ? schedule : "all runs";

    private static string Seeds(LadderAnalysis ladder)
    {
        int[] counts = [.. ladder.Curves.Seeds.Select(own => own.Length).Distinct().Order()];
        return string.Join(" to ", new[] { counts[0], counts[^1] }.Distinct().Select(count => count.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Interval(double value, double lower, double upper) => double.IsNaN(lower) ? DisplayNumber.Of(value) : $"{DisplayNumber.Of(value)} ({DisplayNumber.Range(lower, upper, 3)})";

    private static string Range(double? lower, double? upper) => lower is { } low && upper is { } high && !double.IsNaN(low) ? DisplayNumber.Range(low, high, 3) : "—";

    private static string Percent(double part, int digits = 3) => double.IsNaN(part) ? "—" : DisplayNumber.Percent(part, digits);

    private static string Number(double? value, int digits = 4) => value is { } number && !double.IsNaN(number) ? DisplayNumber.Of(number, digits) : "—";

    private static string Full(double value) => double.IsNaN(value) ? "" : WrittenNumber.RoundTrip(value);
}
