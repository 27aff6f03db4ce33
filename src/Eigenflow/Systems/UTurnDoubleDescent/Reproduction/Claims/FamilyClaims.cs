using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>What the paper says of every family, with the score of sweeps and its interval over replicas.</summary>
internal static class FamilyClaims
{
    private const string Interval = "95 % of 400 bootstraps over replicas";

    public static IEnumerable<Claim> All(FamilyStudy study, Solution[] paths, Solution together, Solution[] along, Solution[] across)
    {
        var path = study.Family.Path!;
        var whole = paths[^1];
        foreach (var one in paths)
        {
            var place = one.Events["switch"]!.Value;
            var name = one == whole ? "interpolation" : DisplayText.Of($"{place}");
            yield return Scored(study, one, $"{study.Id}-second-descent-{name}", DisplayText.Of($"{study.Name}: the error against the count of parameters descends twice where the path turns at {place}"), 1, "maxima", atLeast: true);
            yield return Claim.Relative(
                $"{study.Id}-peak-{name}", DisplayText.Of($"{study.Name}: the peak of the error is at the switch"), place, Peak(one), 0.3, UTurnReproduction.Paper, "place of the interior maximum of the mean error, on a grid of steps below 30 %", PredictionKind.Asymptotic).At("n", study.Problem.Samples);
            yield return Claim.Relative(
                $"{study.Id}-turn-{name}", DisplayText.Of($"{study.Name}: p_test is largest at the switch"), place, one.Events["largest-p-test"]!.Value, 0, UTurnReproduction.Paper, "place of the largest mean p_test", PredictionKind.Asymptotic).At("n", study.Problem.Samples);
        }

        yield return Scored(study, together, $"{study.Id}-no-switch", $"{study.Name}: the error descends once where {path.First} and {path.Second} grow together", 0, "maxima", atLeast: false);
        foreach (var (axis, sweeps) in ((string, Solution[])[])[(path.First, along), (study.SecondAxis, across)])
        {
            var worst = sweeps.MaxBy(sweep => sweep.Events["maxima-high"] ?? sweep.Events["maxima"]!.Value)!;
            yield return Scored(study, worst, $"{study.Id}-along-{axis}", DisplayText.Of($"{study.Name}: along {axis} alone the error descends once ({sweeps.Length} sweeps, the worst of them)"), 0, "maxima", atLeast: false);
        }

        yield return Scored(study, whole, $"{study.Id}-folded", $"{study.Name}: against p_test the error before and after the switch is one U each", 0, "folded-maxima", atLeast: false);
        yield return Scored(study, whole, $"{study.Id}-folded-below", $"{study.Name}: after the switch points fold back onto those before it (up to 10 %) or below, at the same p_test", 1 + FoldBack.Prominence, "folded-excess", atLeast: false);
        var turn = Array.IndexOf(whole.Axis.Values, whole.Events["switch"]!.Value);
        double[] test = whole["p-test"], train = whole["p-train"], error = whole["test-error"];
        yield return Claim.AtMost(
            $"{study.Id}-p-test-falls", $"{study.Name}: p_test falls all the way after interpolation", 0, Enumerable.Range(turn, test.Length - turn - 1).Count(row => test[row + 1] >= test[row]), UTurnReproduction.Paper,
            DisplayText.Of($"steps at which the mean p_test does not fall, of {test.Length - turn - 1}"), PredictionKind.Asymptotic).At("n", study.Problem.Samples);
        if (study.HasExactTrain)
            yield return Claim.Relative($"{study.Id}-p-train", $"{study.Name}: p_train is n after interpolation", study.Problem.Samples, train[turn..].MaxBy(value => Math.Abs(value - study.Problem.Samples)), 1e-6, UTurnReproduction.Paper, "the value that is farthest from n").At("n", study.Problem.Samples);
        else
            yield return Claim.AtLeast(
                $"{study.Id}-p-train", $"{study.Name}: after interpolation p_train keeps more of its value than p_test", 1, train[^1] / train[turn] / (test[^1] / test[turn]), UTurnReproduction.Paper, "ratio of what is left of p_train and of p_test at the end of the path", PredictionKind.Asymptotic).At("n", study.Problem.Samples);
        var chosen = Enumerable.Range(turn, test.Length - turn).MinBy(row => test[row]);
        yield return Claim.AtMost(
            $"{study.Id}-choice", $"{study.Name}: of the models that interpolate, that of the smallest p_test has the smallest error up to 10 %", 1.1, error[chosen] / error[turn..].Min(), UTurnReproduction.Paper, "its mean error over the smallest", PredictionKind.Asymptotic).At("n", study.Problem.Samples);
        yield return Claim.AtLeast(
            $"{study.Id}-gap", study.HasExactTrain ? $"{study.Name}: at interpolation p_test is orders of magnitude above p_train" : $"{study.Name}: at interpolation p_test is above p_train", study.HasExactTrain ? 100 : 1, test[turn] / train[turn], UTurnReproduction.Paper, "ratio of the means at the switch", PredictionKind.Asymptotic).At("n", study.Problem.Samples);
    }

    // The interior maximum of the mean error that stands out most; not a number without one.
    private static double Peak(Solution path) => InteriorMaxima.Of(path["test-error"], FoldBack.Prominence) is { Count: > 0 } found ? path.Axis.Values[found.MaxBy(row => path["test-error"][row])] : double.NaN;

    private static Claim Scored(FamilyStudy study, Solution sweep, string id, string statement, double bound, string score, bool atLeast)
    {
        var value = sweep.Events[score] ?? double.NaN;
        var half = sweep.Events[score + "-low"] is { } low && sweep.Events[score + "-high"] is { } high ? Math.Max(0, atLeast ? value - low : high - value) : double.NaN;
        return (atLeast ? Claim.AtLeast(id, statement, bound, value, UTurnReproduction.Paper, Obtained(), PredictionKind.Asymptotic, half) : Claim.AtMost(id, statement, bound, value, UTurnReproduction.Paper, Obtained(), PredictionKind.Asymptotic, half))
            .At("n", study.Problem.Samples).At("runs", study.Replicas) with
        { Interval = Interval };

        string Obtained() => score.StartsWith("folded-excess", StringComparison.Ordinal)
            ? "largest ratio of the mean error to that before the switch at the same p_test, between its points in logarithms"
            : DisplayText.Of($"interior maxima of the mean error over {study.Replicas} runs from which it falls by {100 * FoldBack.Prominence:0} % on both sides");
    }
}
