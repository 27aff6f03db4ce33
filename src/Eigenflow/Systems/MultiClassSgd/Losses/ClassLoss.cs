namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The loss of a sample: a function of its class and of the outputs r = Xᵀa. Derive from <see cref="MarginLoss"/> for a loss of your own.</summary>
public abstract record ClassLoss
{
    private protected ClassLoss()
    {
    }

    /// <summary>As it is written.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the loss is quadratic in the outputs, so that line search and Polyak's rate are exact.</summary>
    internal virtual bool IsQuadratic => false;
}
