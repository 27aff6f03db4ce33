namespace Eigenflow.Systems.SpectralDescent;

/// <summary>What the predictions need to know of an update.</summary>
/// <param name="LearningRate">η that was asked for, or null for the defaults of each rule.</param>
internal readonly record struct PredictedRule(double? LearningRate)
{
    /// <summary>μ of gradient descent.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>Whether gradients are summed, and not averaged.</summary>
    public bool IsSum { get; init; }

    /// <summary>Factor of spectral updates.</summary>
    public UpdateScale Scale { get; init; }

    /// <summary>ω.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the learning rate is the same in every step.</summary>
    public bool IsConstant { get; init; } = true;

    /// <summary>L*.</summary>
    public double LossTarget { get; init; } = DescentMethod.UsualLossTarget;
}
