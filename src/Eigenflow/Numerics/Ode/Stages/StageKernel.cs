namespace Eigenflow.Numerics.Ode;

/// <summary>What the stiff solver asks for in a step: the stages of Rodas5P for one structure of the system. Vectors are padded to whole groups of eight.</summary>
internal abstract class StageKernel
{
    /// <summary>The kernel of a system: one pass per stage where the structure allows it, a few otherwise.</summary>
    public static StageKernel Of<TSystem>(TSystem system)
        where TSystem : ILowRankSystem =>
        system is ICoupledSystem coupled ? new CoupledStages(coupled) : new LowRankStages<TSystem>(system);

    /// <summary>A new state, perhaps in new variables.</summary>
    public abstract void Restart(double[] state);

    /// <summary>Linearises at the beginning of a step.</summary>
    public abstract void Linearize(double time, double[] state);

    /// <summary>The eight stages; leaves the new state in <paramref name="trial"/>. False when a linear system is singular.</summary>
    public abstract bool Attempt(double time, double step, double[] state, double[] trial);

    /// <summary>The norm of the error of the last attempt.</summary>
    public abstract double ErrorNorm(double[] before, double[] after, double relativeTolerance);

    /// <summary>The state after the last attempt is accepted.</summary>
    public abstract void Accept();

    /// <summary>The polynomials P_k of the dense output of the last attempt.</summary>
    public abstract void Dense(double[][] polynomials);
}
