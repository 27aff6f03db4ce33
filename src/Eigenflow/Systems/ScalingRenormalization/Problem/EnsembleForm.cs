using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Settings;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>An ensemble as it was written: all pairs of data sets and feature draws, or pairs that share nothing.</summary>
/// <param name="DataSets">K_X.</param>
/// <param name="FeatureDraws">K_F.</param>
/// <param name="IsDisjoint">Whether every member has its own data and features.</param>
internal sealed record EnsembleForm(long DataSets, long FeatureDraws, bool IsDisjoint = false)
{
    private const string Allowed = "DATA:FEATURES (such as 1:4) or disjoint:K, with whole numbers from 1 to 1e9";
    private const long Most = 1_000_000_000;

    /// <summary>One predictor.</summary>
    public static EnsembleForm Single { get; } = new(1, 1);

    /// <summary>Declares the parameter <c>ensembles</c>.</summary>
    public static Parameter<EnsembleForm> Parameter(string help) => Settings.Parameter.Text("ensembles", "", "1:1", help, [TextForm.Of("DATA:FEATURES"), TextForm.Of("disjoint:K")], Read, form => form.ToString()) with { Examples = ["1:4", "disjoint:4"] };

    /// <summary>The parts of the error of the ensemble, which add up to it. The training error is that of one member.</summary>
    public RiskParts Of(RiskParts one)
    {
        double data = DataSets, features = IsDisjoint ? DataSets : FeatureDraws, both = IsDisjoint ? DataSets : (double)DataSets * FeatureDraws;
        return DataSets == 1 && FeatureDraws == 1 ? one : one with
        {
            Data = one.Data / data,
            Labels = one.Labels / data,
            Features = one.Features / features,
            Both = one.Both / both,
            LabelsAndFeatures = one.LabelsAndFeatures / both,
            Error = IsDisjoint ? one.OfDisjointEnsemble(DataSets) : one.OfEnsemble(DataSets, FeatureDraws),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => IsDisjoint ? FormattableString.Invariant($"disjoint:{DataSets}") : FormattableString.Invariant($"{DataSets}:{FeatureDraws}");

    private static EnsembleForm Read(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 2 && TextForm.Whole(parts[1]) is >= 1 and <= Most and var second)
        {
            if (parts[0] == "disjoint")
                return new EnsembleForm(second, 1, IsDisjoint: true);
            if (TextForm.Whole(parts[0]) is >= 1 and <= Most and var first)
                return new EnsembleForm(first, second);
        }

        throw new ParameterException("ensembles", text, Allowed);
    }
}
