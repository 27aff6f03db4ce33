namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>What a fit is given beside the points.</summary>
/// <param name="Seed">Seed of what the fit draws.</param>
/// <param name="Threads">Threads that it may use; its result does not depend on them.</param>
/// <param name="Cancellation">Ends it.</param>
internal readonly record struct FitContext(ulong Seed, int Threads, CancellationToken Cancellation)
{
    public ParallelOptions Parallel => new() { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation };
}

/// <summary>A family of smoothers: its axes of complexity, which of its models share one fit, and how they are fitted.</summary>
internal abstract record SmootherFamily
{
    /// <summary>The axes that it has, the default first.</summary>
    public abstract IReadOnlyList<string> Axes { get; }

    /// <summary>The two axes that a composite path glues together, and how their values make the raw count of parameters; null where there is one axis.</summary>
    public virtual CompositePath? Path => null;

    /// <summary>Whether every output is fitted alone.</summary>
    public virtual bool IsSeparate => false;

    /// <summary>Names of the columns of <see cref="UTurnQuantities.Fitted"/> that its fits have.</summary>
    public virtual IReadOnlyList<string> Facts => [];

    /// <summary>All that would change a fit, as text.</summary>
    public string Identity() => ToString();

    /// <summary>Splits models into groups that share a fit, each ascending along its shared axis.</summary>
    /// <param name="models">The models.</param>
    public virtual IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => models.Select(model => new[] { model });

    /// <summary>Fits a group; a stage per model.</summary>
    /// <param name="training">The training points.</param>
    /// <param name="group">The models.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <exception cref="EigenflowException">A model that is not allowed, or too large.</exception>
    public abstract Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context);

    /// <summary>Where the first axis interpolates the training points; composite paths switch there.</summary>
    /// <param name="training">The training points.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    public virtual double Interpolation(LabelledSample training, FitContext context) => double.NaN;

    /// <summary>The largest value on an axis that counts.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="training">The training points.</param>
    public virtual double Most(string axis, LabelledSample training) => SmootherModel.MostCount;

    /// <summary>The largest value of its first axis at which a path may turn.</summary>
    /// <param name="training">The training points.</param>
    /// <param name="model">What the other axes are.</param>
    public virtual double LastTurn(LabelledSample training, SmootherModel model) => Most(Axes[0], training);

    /// <summary>Default ends of the grid on an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="training">The training points.</param>
    /// <param name="model">What the other axes are.</param>
    public abstract (double From, double To) Range(string axis, LabelledSample training, SmootherModel model);
}
