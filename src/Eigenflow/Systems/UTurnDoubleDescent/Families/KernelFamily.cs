namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Kernel ridge regression with a Gaussian kernel.</summary>
/// <param name="Bandwidth">Its width, in the unit of the inputs.</param>
internal sealed record KernelFamily(double Bandwidth) : SmootherFamily
{
    public override IReadOnlyList<string> Axes => ["ridge"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => [[.. models.OrderBy(model => model.Ridge)]];

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context) => SpectralSmoother.Kernel(training, Bandwidth, [.. group.Select(model => model.Ridge)]);

    // The kernel is one at a distance of zero: its trace is n.
    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) => (1e-6, training.Rows);
}
