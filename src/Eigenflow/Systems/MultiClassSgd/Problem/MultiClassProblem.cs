using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// A mixture of Gaussian classes whose covariances share their eigenvectors, learned by a linear classifier of weights X ∈ R^{d × l} from one fresh sample per step,
/// X ← X − (γ/d) a (∇f_i(Xᵀa))ᵀ (arXiv 2510.14074). Time is t = step/d.
/// </summary>
public sealed record MultiClassProblem : IProblem
{
    private const long LargestDimension = 100_000_000;

    /// <summary>d ≥ 2.</summary>
    public required long Dimension { get; init; }

    /// <summary>The classes.</summary>
    public required IReadOnlyList<MixtureClass> Classes { get; init; }

    /// <summary>The loss; losses of one output read the labels of the classes, the others have one output per class.</summary>
    public ClassLoss Loss { get; init; } = new LogisticLoss();

    /// <summary>v₀ ≥ 0: d times the variance of every coordinate of a random start around zero.</summary>
    public double StartVariance { get; init; }

    /// <inheritdoc/>
    public string SystemId => MultiClassSgdSystem.Identifier;

    /// <summary>l.</summary>
    public int Outputs => Loss is MarginLoss ? 1 : Classes.Count;

    /// <inheritdoc/>
    public void Validate()
    {
        if (Dimension is < 2 or > LargestDimension)
            throw new ParameterException("dimension", Dimension, $"a whole number from 2 to {LargestDimension}");
        if (Classes.Count < (Loss is MarginLoss ? 1 : 2))
            throw new ParameterException("classes", Classes.Count, "at least 2 classes");
        foreach (var one in Classes)
        {
            if (!(one.Probability > 0) || !double.IsFinite(one.Probability))
                throw new ParameterException("probabilities", one.Probability, "probabilities > 0, one per class");
            if (Loss is MarginLoss && one.Label is not (1 or -1))
                throw new ParameterException("label", one.Label, "+1 or -1 for a loss of one output", "use loss = one-hot or softmax for more than two classes");
            if (!double.IsFinite(one.MeanSize))
                throw new ParameterException("mean-norm", one.MeanSize, "a finite number");
        }

        if (Math.Abs(Classes.Sum(one => one.Probability) - 1) > 1e-9)
            throw new ParameterException("probabilities", Classes.Sum(one => one.Probability), "probabilities that add to 1", "divide them by their sum");
        if (!(StartVariance >= 0) || !double.IsFinite(StartVariance))
            throw new ParameterException("start-variance", StartVariance, "a finite number >= 0");
    }

    /// <summary>The modes one by one, or merged where eigenvalues coincide.</summary>
    /// <param name="representation">How they are carried.</param>
    /// <exception cref="EigenflowException">A spectrum or a mean that cannot be used, or too many modes.</exception>
    internal MixtureModes Modes(ModeRepresentation representation = ModeRepresentation.Auto) => MixtureModes.Of(this, representation);
}
