namespace Eigenflow.Numerics.Ode;

/// <summary>What a solver asks for in a step: the stages of a method of order 5 for one structure of the system. Vectors are padded to whole groups of eight.</summary>
internal abstract class StageKernel
{
    /// <summary>The stiff kernel of a system: one pass per stage where the structure allows it, a few otherwise.</summary>
    public static StageKernel Of<TSystem>(TSystem system)
        where TSystem : ILowRankSystem =>
        system is ICoupledSystem coupled ? new CoupledStages(coupled) : system is IFactoredSystem factored ? new FactoredStages<TSystem>(system, factored) : new LowRankStages<TSystem>(system);

    /// <summary>Evaluations of the right-hand side per attempt.</summary>
    public virtual int Evaluations => Rodas5P.Stages;

    /// <summary>Whether steps need the Jacobian.</summary>
    public virtual bool IsImplicit => true;

    /// <summary>Whether entries follow slow ones with digits that the dense output of a long step loses.</summary>
    public virtual bool HasFollowers => false;

    /// <summary>A new state, perhaps in new variables.</summary>
    public abstract void Restart(double[] state);

    /// <summary>Prepares for the beginning of a step, whatever its length: the Jacobian, or the first derivative.</summary>
    public abstract void Linearize(double time, double[] state);

    /// <summary>The stages; leaves the new state in <paramref name="trial"/>. False when a linear system is singular.</summary>
    public abstract bool Attempt(double time, double step, double[] state, double[] trial);

    /// <summary>The stages from another state than the last one, which leave nothing behind; asked for where there are followers.</summary>
    public virtual bool AttemptAside(double time, double step, double[] state, double[] trial) => false;

    /// <summary>The norm of the error of the last attempt.</summary>
    public abstract double ErrorNorm(double[] before, double[] after, double relativeTolerance);

    /// <summary>The state after the last attempt is accepted.</summary>
    public abstract void Accept();

    /// <summary>The polynomials P_k of the dense output of the last attempt.</summary>
    public abstract void Dense(double[][] polynomials);
}
