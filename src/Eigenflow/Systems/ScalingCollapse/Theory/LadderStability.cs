namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Whether SGD on the regression is stable at its peak learning rate: η Tr H/(2B) &lt; 1, beyond which the noise grows faster than it decays, and ηλ₁(1 + 1/B) &lt; 2 (λ₁ = 1).</summary>
internal static class LadderStability
{
    /// <summary>Checks a model.</summary>
    /// <exception cref="ParameterException">Unstable.</exception>
    public static void Check(LadderModel model)
    {
        var (rate, batch) = (model.Schedule.Peak, (double)model.Problem.Batch);
        if (!(Gain(rate, model.Trace, batch) < 1) || !(rate * (1 + (1 / batch)) < 2))
        {
            var edge = Math.Min(2 * batch / model.Trace, 2 / (1 + (1 / batch)));
            throw new ParameterException("peak", rate, DisplayText.Plain($"below {edge:G4}, where eta Tr H/(2B) = 1 or eta lambda_1 (1 + 1/B) = 2 for the model of size {model.Size:R}"), "SGD is unstable there; lower peak, or raise batch");
        }
    }

    /// <summary>η Tr H/(2B): the share of the gradient noise in the stationary excess risk, which is multiplied by 1/(1 − share).</summary>
    public static double Gain(double rate, double trace, double batch) => rate * trace / (2 * batch);

    /// <summary>Q = (η/B) Σ λ_j/(2 − ηλ_j(1 + 1/B)), the exact form of the first condition for a constant rate: from 1 on the mean risk grows. It is never below η Tr H/(2B).</summary>
    public static double MeanSquareGain(LadderModel model)
    {
        var (rate, batch) = (model.Schedule.Peak, (double)model.Problem.Batch);
        return model.Eigenvalues.Sum(value => rate / batch * value / (2 - (rate * value * (1 + (1 / batch)))));
    }

    /// <summary>What a user should know of a rate that is not refused.</summary>
    public static IReadOnlyList<string> Warnings(IEnumerable<LadderModel> models) => MeanSquareGain(models.MaxBy(model => model.Size)!) is >= 1 and var gain
        ? [DisplayText.Plain($"at the peak learning rate the mean risk grows (Q = {gain:G3}, stable below 1), carried by few seeds: means over seeds are not those of theory; lower peak, or raise batch")]
        : [];
}
